"""The page of possible duplicates: pairs, which no list of records can show."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from partnerships.publication import has_permission

from .related import desk_address
from .todo.duplicates import NAMES, duplicates

AT_ONCE = 50


def duplicates_view(request, site):
    if not any(has_permission(request.user, "view", model) for model in NAMES):
        raise PermissionDenied
    page = Paginator(duplicates(request.user), AT_ONCE).get_page(request.GET.get("p"))
    context = {
        **site.each_context(request),
        "title": _("Possible duplicates"),
        "page": page,
        "pairs": in_full(page.object_list, request, site),
    }
    request.current_app = site.name
    return render(request, "admin/duplicates.html", context)


def in_full(found, request, site):
    """What the page says of each pair. The records of a noun are read at once."""
    records = {
        model: model.objects.for_list(request.user).in_bulk(
            {pk for one in found if one.model is model for pk in (one.likeness.one, one.likeness.other)}
        )
        for model in NAMES
    }
    return [
        {
            "noun": one.model._meta.verbose_name,
            "reason": one.reason,
            "two": [
                side(records[one.model][pk], written)
                for pk, written in zip((one.likeness.one, one.likeness.other), one.likeness.words, strict=True)
            ],
            "merge": merge_address(one, records[one.model], request, site),
        }
        for one in found
    ]


def merge_address(duplicate, records, request, site):
    """Where the other is merged into the one, for whoever may do that; else ""."""
    one, other = duplicate.likeness.one, duplicate.likeness.other
    admin = site.get_model_admin(duplicate.model)
    return admin.merge_address(one, other) if admin.may_merge(request, records[one], records[other]) else ""


def side(record, written):
    """One of the two: the name that is alike is said where the record has another one."""
    facts = [getattr(record, "acronym", ""), getattr(record, "country", None), getattr(record, "parent", None)]
    return {
        "record": record,
        "address": desk_address(record),
        "facts": [str(fact) for fact in facts if fact and str(fact) != written],
        "written": written if written != str(record) else "",
    }
