"""The box in the desk's head that leads to any record by its name."""

from django.contrib import admin
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerships.models import Record
from partnerships.publication import has_permission
from partnerships.search import named_like

from .fields import with_state
from .related import desk_address

MOST = 30


def jump_view(request, site=None):
    """The records whose names have all the words, as a page; as `{"names": [...]}` where a script asks for them."""
    site = site or admin.site
    text = request.GET.get("q", "").replace("\0", "").strip()[:200]
    records = [record for record in named_like(text, request.user, limit=MOST) if _is_here(site, request.user, record)]
    found = [
        {
            "name": with_state(str(record), record) if isinstance(record, Record) else str(record),
            "short": getattr(record, "acronym", "") or getattr(record, "short_title", ""),
            "kind": capfirst(record._meta.verbose_name),
            "address": desk_address(record),
        }
        for record in records
    ]
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"names": found[:8]})
    context = {**site.each_context(request), "title": _("Jump to a record"), "text": text, "found": found}
    request.current_app = site.name
    return render(request, "admin/jump.html", context)


def _is_here(site, user, record):
    return site.is_registered(type(record)) and has_permission(user, "view", type(record))
