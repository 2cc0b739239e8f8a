"""The page of possible duplicates: pairs, which no list of records can show."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from partnerships.models import Namesakes
from partnerships.publication import has_permission, may_change

from .related import desk_address
from .todo.duplicates import NAMES, duplicates

AT_ONCE = 50


def duplicates_view(request, site):
    if not any(has_permission(request.user, "view", model) for model in NAMES):
        raise PermissionDenied
    if request.method == "POST":
        return say(request)
    page = Paginator(duplicates(request.user), AT_ONCE).get_page(request.GET.get("p"))
    context = {
        **site.each_context(request),
        "title": _("Possible duplicates"),
        "page": page,
        "pairs": in_full(page.object_list, request, site),
        "apart": said_apart(request),
    }
    request.current_app = site.name
    return render(request, "admin/duplicates.html", context)


def say(request):
    """Note that two records are not the same, or that they may be after all; `pair` is "partnerships.person 3 8"."""
    noun, *ids = request.POST.get("pair", "").split() or [""]
    model = next((model for model in NAMES if model._meta.label_lower == noun), None)
    if model is None or len(ids) != 2 or not all(one.isdecimal() and len(one) < 19 for one in ids):
        raise Http404
    pair = dict(zip(("one_id", "other_id"), sorted(map(int, ids)), strict=True)) | {"noun": noun}
    records = model.objects.filter(pk__in=(pair["one_id"], pair["other_id"]))
    if not all(may_change(request.user, record) for record in records):
        raise PermissionDenied
    if "undo" in request.POST:
        Namesakes.objects.filter(**pair).delete()
    elif len(records) == 2:
        Namesakes.objects.get_or_create(**pair, defaults={"said_by": request.user})
    return HttpResponseRedirect(request.get_full_path())


def said_apart(request):
    """The pairs of which somebody has said that they are not the same, the latest first; those that are gone are not told."""
    rows = list(Namesakes.objects.select_related("said_by")[:AT_ONCE])
    names = {
        model._meta.label_lower: model.objects.in_bulk(
            {pk for row in rows if row.noun == model._meta.label_lower for pk in (row.one_id, row.other_id)}
        )
        for model in NAMES
        if has_permission(request.user, "view", model)
    }
    pairs = [(row, *(names.get(row.noun, {}).get(pk) for pk in (row.one_id, row.other_id))) for row in rows]
    return [
        {
            "row": row,
            "two": (one, other),
            "pair": f"{row.noun} {row.one_id} {row.other_id}",
            "may_undo": may_say(request.user, one, other),
        }
        for row, one, other in pairs
        if one and other
    ]


def may_say(user, one, other):
    return may_change(user, one) and may_change(user, other)


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
            "pair": " ".join(map(str, one.pair)),
            "may_say": may_say(request.user, *(records[one.model][pk] for pk in one.pair[1:])),
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
