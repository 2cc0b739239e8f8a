"""A kept document, for whoever may read it."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from partnerships.files import kept_file
from partnerships.models import Document
from partnerships.models.document import FOLDER


@login_not_required
@require_safe
def document(request, name):
    """The bytes as they were given. To visitors, an internal document is one that is not there."""
    found = get_object_or_404(Document.objects.visible_to(request.user), file=f"{FOLDER}/{name}")
    save_as = f"{slugify(found.title)[:80] or 'document'}.pdf"
    return kept_file(request, found.file.name, found.sha256, "application/pdf", save_as)
