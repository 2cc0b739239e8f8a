"""Who else has a record open at the desk, and whether somebody has saved it since.

It is a courtesy: nothing depends on it, and what protects the record is its version. So it is kept in the cache, where two
who write at the same moment may miss each other until the next time that their pages ask.
"""

import time

from django.contrib import admin
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

EVERY = 20  # seconds between a page's questions
GONE_AFTER = 50  # seconds after which somebody who has not asked again has closed the page


class PresentAdmin(admin.ModelAdmin):
    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.presence_view))
        name = f"{self.opts.app_label}_{self.opts.model_name}_presence"
        return [path("<int:number>/presence/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and self.has_change_permission(request, obj):
            address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_presence", args=[obj.pk])
            context |= {"presence_address": address, "presence_every": EVERY}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def presence_view(self, request, number):
        record = self.model._base_manager.filter(pk=number).only("state", "version").first()
        if record is None:
            raise Http404
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        others = enter(f"presence:{self.opts.label_lower}:{number}", request.user)
        said = []
        if (seen := request.POST.get("seen", "")).isdecimal() and int(seen) < record.version:
            said.append(
                _("Somebody has saved this record since you opened it: when you save, you will see both changes.")
            )
        if others:
            names = ", ".join(others)
            said.append(
                ngettext("%s has this record open, too.", "%s have this record open, too.", len(others)) % names
            )
        return JsonResponse({"words": " ".join(said)})


def enter(key, user, now=None):
    """Note that the user has the record open; gives the names of the others who have."""
    now = now or time.time()
    present = {pk: (name, at) for pk, (name, at) in (cache.get(key) or {}).items() if now - at < GONE_AFTER}
    others = sorted(name for pk, (name, _at) in present.items() if pk != user.pk)
    present[user.pk] = (user.get_full_name() or user.get_username(), now)
    cache.set(key, present, GONE_AFTER)
    return others
