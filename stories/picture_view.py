"""A story's picture in one of its widths, for whoever may see the story."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from partnerships.files import kept_file
from stories.models import StoryImage
from stories.models.story_image import FOLDER


@login_not_required
@require_safe
def picture(request, name):
    image = get_object_or_404(StoryImage.objects.visible_to(request.user), key=name.partition("-")[0])
    for one in image.pictures:
        if one.base_name == name:
            return kept_file(request, f"{FOLDER}/{name}", one.sha256, "image/webp")
    raise Http404
