"""What waits at the desk: short lists over all nouns of the register and the evidence."""

from datetime import timedelta

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.admin.related import desk_address
from partnerships.models import Agreement, Contribution, PublicationState, Record
from partnerships.publication import has_permission
from stories.models import Proposal

LENGTH = 8
SOON = timedelta(days=180)


def nouns_of(user):
    """The kinds of records that this user may see."""
    return [model for model in apps.get_models() if issubclass(model, Record) and has_permission(user, "view", model)]


def work_of_the_day(user):
    """The context of the desk's first page; a fixed number of queries, however much there is to do."""
    nouns = nouns_of(user)
    return {
        "waiting": in_state(nouns, PublicationState.IN_REVIEW),
        "drafts": in_state(nouns, PublicationState.DRAFT),
        "recent": recently_changed(nouns),
        "ending": ending_soon() if Agreement in nouns else [],
        "proposals": Proposal.objects.filter(decision=Proposal.Decision.OPEN).count()
        if has_permission(user, "view", Proposal)
        else 0,
    }


def readable(model):
    """The model's rows with what their name needs, and without long texts."""
    rows = model._default_manager.all()
    if model is Contribution:
        return rows.select_related("project", "event").prefetch_related("funders")
    return rows.defer("body") if hasattr(model, "body") else rows


def line(record, when, **more):
    return {"record": record, "address": desk_address(record), "noun": record._meta.verbose_name, "when": when, **more}


def in_state(nouns, state):
    found = [
        record for model in nouns for record in readable(model).filter(state=state).order_by("-updated_at")[:LENGTH]
    ]
    found.sort(key=lambda record: record.updated_at, reverse=True)
    return [line(record, record.updated_at) for record in found[:LENGTH]]


def recently_changed(nouns):
    """The last changes, one line for each record, with who made them."""
    rows = []
    for model in nouns:
        columns = model.history.values(
            "id", "history_date", "history_type", "history_user__username", "history_user__first_name",
            "history_user__last_name",
        )  # fmt: skip
        # Several rows are one save; three times as many as lines are enough to fill the list.
        rows += [(model, row) for row in columns.order_by("-history_date")[: LENGTH * 3]]
    rows.sort(key=lambda pair: pair[1]["history_date"], reverse=True)
    latest = {}
    for model, row in rows:
        latest.setdefault((model, row["id"]), row)
    chosen = list(latest.items())[:LENGTH]
    records = {
        (model, pk): record
        for model in nouns
        for pk, record in readable(model).in_bulk([key for kind, key in dict(chosen) if kind is model]).items()
    }
    return [
        line(records[key], row["history_date"], who=name_of(row), verb=row["history_type"])
        for key, row in chosen
        if key in records
    ]


def name_of(row):
    full = f"{row['history_user__first_name'] or ''} {row['history_user__last_name'] or ''}".strip()
    return full or row["history_user__username"] or _("a command")


def ending_soon(today=None):
    """Agreements in force that end within half a year, the nearest first."""
    today = today or timezone.localdate()
    agreements = Agreement.objects.published().in_force(on=today).filter(ends_on__lte=today + SOON).order_by("ends_on")
    return [line(agreement, agreement.ends) for agreement in agreements[:LENGTH]]
