"""Two people, one record: the second to save is told what the first has changed, and nothing is overwritten."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import date as written
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.forms import PartialDateForm

from .history import changed_names
from .related import desk_address

REFUSED = gettext_lazy(
    "Nothing has been saved: two rows contradict each other, or somebody has just saved the same. "
    "Check the rows that you changed; to swap two of them, save in two steps."
)
NOT_READY = gettext_lazy("Nothing has been saved: a published record needs this. As a draft it can be saved without.")


class RecordForm(PartialDateForm):
    """A record's form at the desk. It remembers which version of the record it was filled from."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    parts = ()  # the history of the record's rows; set by the admin class
    refused = False  # whether the database has just refused what this form found right
    not_ready = ()  # what the record would have lacked to be public, in sentences
    imagining = False  # whether nothing of it will stay, and no version can be in its way

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["seen_version"] = self.instance.version

    def clean(self):
        cleaned = super().clean()
        record = self.instance
        if self.refused:
            raise ValidationError(REFUSED, code="refused")
        if self.not_ready:
            raise ValidationError([*self.not_ready, NOT_READY], code="not_ready")
        if not self.imagining and not record._state.adding and cleaned.get("seen_version") != record.version:
            raise ValidationError(conflict(record, cleaned.get("seen_version"), self.parts), code="conflict")
        return cleaned


def conflict(record, seen, parts=()):
    """Who changed it, when and what, and what to do now."""
    names, save = changed_names(record, seen, parts) if seen else ([], None)
    who = (save.user.get_full_name() or save.user.get_username()) if save and save.user else _("Somebody else")
    when = written(timezone.localtime(save.when if save else record.updated_at), "j F Y, H:i")
    return format_html(
        '<span class="conflict">{} {} <a href="{}" target="_blank" rel="noopener">{}</a></span>',
        _("%(who)s changed this record on %(when)s, while you had it open.") % {"who": who, "when": when}
        + (" " + _("Changed: %s.") % ", ".join(names) if names else ""),
        _("Nothing of yours has been saved, and nothing of theirs is lost. What you typed is still below."),
        desk_address(record),
        _("Open the record as it is now in a new tab, repeat your change there and save."),
    )
