"""Records of their own that belong to this one: shown on its page as a short table of links, and changed on theirs."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships.models import PublicationState

MOST = 50  # rows of a table of links


def desk_address(record):
    """The record's page at the desk."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def review_address(record):
    """The page on which the record is reviewed."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_review", args=[record.pk])


def linked_table(records, columns=(), add=None, every=""):
    """A table of records; `columns` are pairs of a head and a function, `add` is the address of a form for one more.

    Of many only the first are shown, and the list at the address `every` has them all.
    """
    records = list(records[: MOST + 1] if every else records)
    is_cut, records = bool(every) and len(records) > MOST, records[:MOST] if every else records
    rows = [
        {"address": desk_address(record), "record": record, "cells": [show(record) for _head, show in columns]}
        for record in records
    ]
    return render_to_string(
        "admin/linked_table.html",
        {"heads": [head for head, _show in columns], "rows": rows, "add": add, "every": every if is_cut else ""},
    )


def add_address(model, **initial):
    query = "&".join(f"{name}={value}" for name, value in initial.items())
    return f"{reverse(f'admin:{model._meta.app_label}_{model._meta.model_name}_add')}?{query}"


def list_address(model, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse(f'admin:{model._meta.app_label}_{model._meta.model_name}_changelist')}?{query}"


def state(record):
    return record.get_state_display()


STATE = (_("publication"), state)


@admin.display(description=_("publication"), ordering="state")
def state_column(record):
    """The publication state as a word; the style sheet adds a shape."""
    context = {"state": record.state, "word": record.get_state_display(), "scheduled": getattr(record, "scheduled", ())}
    if record.state == PublicationState.IN_REVIEW:
        context["address"] = review_address(record)
    return render_to_string("admin/state.html", context)
