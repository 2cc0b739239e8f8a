"""What waits at the desk, who changed what, and what people add most: the desk's first page, over all nouns."""

from datetime import timedelta

from django.apps import apps
from django.db.models import CharField, Count, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.admin.related import desk_address
from partnerships.admin.todo import Theme, waiting
from partnerships.admin.todo.duplicates import NAMES, TITLE, duplicates
from partnerships.models import Agreement, Contribution, Organization, Project, Record
from partnerships.publication import has_permission
from stories.models import NewsItem, Proposal

CHANGES = 15
ADDED = 5
LATELY = timedelta(days=90)
# What is offered to be added where nobody has added anything yet.
USUAL = (NewsItem, Agreement, Organization, Project, Contribution)


def nouns_of(user, verb="view"):
    """The kinds of records with which this user may do so."""
    return [model for model in apps.get_models() if issubclass(model, Record) and has_permission(user, verb, model)]


def work_of_the_day(user):
    """The context of the desk's first page; a fixed number of queries, however much there is to do."""
    found = waiting(user)
    lines = [line(task.theme, task.title, count, task.address) for task, count in found.items()]
    lines += duplicate_line(user) + proposal_line(user)
    listed = [one for theme in Theme for one in lines if one["theme"] == theme != Theme.REVIEW]
    return {
        "themes": [
            (theme.label, rows)
            for theme in Theme
            if (rows := [one for one in listed if one["theme"] == theme and one["count"]])
        ],
        "done": [one["title"] for one in listed if not one["count"] and one["theme"] != Theme.ANSWERS],
        "reviews": reviews(found),
        "recent": recently_changed(nouns_of(user)),
        "adding": most_added(nouns_of(user, "add")),
    }


def line(theme, title, count, address):
    return {"theme": theme, "title": title, "count": count, "address": address}


def duplicate_line(user):
    if not any(has_permission(user, "view", model) for model in NAMES):
        return []
    return [line(Theme.ORDER, TITLE, len(duplicates(user)), reverse("admin:duplicates"))]


def proposal_line(user):
    if not has_permission(user, "view", Proposal):
        return []
    address = f"{reverse('admin:stories_proposal_changelist')}?decision__exact={Proposal.Decision.OPEN}"
    waiting_for_decision = Proposal.objects.filter(decision=Proposal.Decision.OPEN).count()
    return [line(Theme.PROOF, _("proposals of the reader to decide"), waiting_for_decision, address)]


def reviews(found):
    """One row for each noun of which something is not published yet: the noun, and its (count, address, title)s."""
    rows = {}
    for task, count in found.items():
        if task.theme == Theme.REVIEW:
            rows.setdefault(task.model, []).append((count, task.address, task.title))
    return [
        (model._meta.verbose_name_plural, cells)
        for model, cells in rows.items()
        if any(count for count, _address, _title in cells)
    ]


def readable(model):
    """The model's rows with what their name needs, and without long texts."""
    rows = model._default_manager.all()
    if model is Contribution:
        return rows.select_related("project", "event").prefetch_related("funders")
    return rows.defer("body") if hasattr(model, "body") else rows


def recently_changed(nouns):
    """The last changes, one line for each record, with who made them; of a removed record its address is left."""
    rows = []
    for model in nouns:
        columns = model.history.values(
            "id", "slug", "history_date", "history_type", "history_user__username", "history_user__first_name",
            "history_user__last_name",
        )  # fmt: skip
        # Several rows are one save; three times as many as lines are enough to fill the list.
        rows += [(model, row) for row in columns.order_by("-history_date", "-history_id")[: CHANGES * 3]]
    rows.sort(key=lambda pair: pair[1]["history_date"], reverse=True)
    latest = {}
    for model, row in rows:
        latest.setdefault((model, row["id"]), row)
    chosen = list(latest.items())[:CHANGES]
    records = {
        (model, pk): record
        for model in nouns
        for pk, record in readable(model).in_bulk([key for kind, key in dict(chosen) if kind is model]).items()
    }
    return [change(*key, row, records.get(key)) for key, row in chosen]


def change(model, pk, row, record):
    return {
        "record": record or row["slug"],
        "address": desk_address(record) if record else "",
        "noun": model._meta.verbose_name,
        "verb": row["history_type"] if record else "-",
        "who": name_of(row),
        "when": row["history_date"],
    }


def name_of(row):
    full = f"{row['history_user__first_name'] or ''} {row['history_user__last_name'] or ''}".strip()
    return full or row["history_user__username"] or _("a command")


def most_added(nouns):
    """The nouns, of those given, that all users together added most in the last months; usual ones fill them up."""
    counts = added_since(timezone.now() - LATELY, nouns)
    usual = [model for model in USUAL if model in nouns]
    rest = [model for model in nouns if model not in usual]
    # Sorting keeps the order of equals.
    chosen = sorted([*usual, *rest], key=lambda model: -counts.get(model, 0))[:ADDED]
    return [
        (model._meta.verbose_name, reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add"))
        for model in chosen
        if model in usual or counts.get(model)
    ]


def added_since(time, nouns):
    """{noun: how many records were made since}, in one query."""
    if not nouns:
        return {}
    first, *others = (
        model.history.filter(history_date__gte=time, history_type="+")
        .order_by()
        .annotate(noun=Value(str(number), CharField()))
        .values("noun")
        .annotate(made=Count("history_id"))
        .values_list("noun", "made")
        for number, model in enumerate(nouns)
    )
    found = dict(first.union(*others, all=True) if others else first)
    return {model: found.get(str(number), 0) for number, model in enumerate(nouns)}
