"""A person's own page at the desk: which dates to be reminded of, how long before, on which days, in which language."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import ValidationError
from django.db.models import F
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from partnerships.checks import mail_is_set_up
from partnerships.models import Agreement, ReminderPreferences

from .related import desk_address

MOST_LEADS = 6
LONGEST_LEAD = 1000  # days
SHOWN = 50
FIELDSETS = [
    (None, {"fields": ["is_on"]}),
    (
        _("What"),
        {
            "fields": [
                ("of_agreements", "agreement_days"),
                ("of_commitments", "commitment_days"),
                "of_unattended",
            ],
            "description": _("Several numbers of days give several reminders, such as 90, 30, 7; 0 is the day itself."),
        },
    ),
    (
        _("When, and how"),
        {
            "fields": ["weekdays", "language"],
            "description": _(
                "All that is due comes in one mail. What falls on a day without a mail is told in the mail before it."
            ),
        },
    ),
]


class DaysBeforeField(forms.CharField):
    """Reads “90, 30, 7” into whole numbers, the greatest first."""

    def __init__(self, **kwargs):
        super().__init__(
            **{**kwargs, "max_length": 60, "widget": forms.TextInput(attrs={"size": 16, "autocomplete": "off"})}
        )

    def prepare_value(self, value):
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value):
        words = super().to_python(value).replace(",", " ").replace("،", " ").replace(";", " ").split()
        if not all(word.isascii() and word.isdecimal() and int(word) <= LONGEST_LEAD for word in words):
            raise ValidationError(
                _("Write whole numbers of days up to %(most)d, with commas: 90, 30, 7.") % {"most": LONGEST_LEAD}
            )
        days = sorted({int(word) for word in words}, reverse=True)
        if len(days) > MOST_LEADS:
            raise ValidationError(_("Give at most %(most)d numbers.") % {"most": MOST_LEADS})
        return days

    def run_validators(self, value):
        # The validators of a CharField measure text; this value has been read already.
        return None


class ReminderPreferencesForm(forms.ModelForm):
    agreement_days = DaysBeforeField(label=_("Days before"))
    commitment_days = DaysBeforeField(label=_("Days before"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On these days of the week"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = ReminderPreferences
        fields = [
            "is_on",
            "of_agreements",
            "agreement_days",
            "of_commitments",
            "commitment_days",
            "of_unattended",
            "weekdays",
            "language",
        ]

    def keep(self):
        """Save what this page shows and nothing else: a run may be noting at this moment what it has told."""
        names = list(self.Meta.fields)
        if self.instance.told_on is None or "is_on" in self.changed_data:
            # No mail was missed by somebody who wanted none.
            self.instance.told_on = timezone.localdate()
            names.append("told_on")
        self.instance.save(update_fields=names)


def reminders_view(request):
    if request.method == "POST":
        preferences, _made = ReminderPreferences.objects.get_or_create(person=request.user)
        form = ReminderPreferencesForm(request.POST, instance=preferences)
        if form.is_valid():
            form.keep()
            messages.success(request, _("Your reminders are set."))
            return redirect("admin:reminders")
    else:
        form = ReminderPreferencesForm(instance=ReminderPreferences.of(request.user))
    agreements = Agreement.objects.published().looked_after_by(request.user).in_force(timezone.localdate())
    context = {
        **admin.site.each_context(request),
        "title": _("Reminders"),
        "form": form,
        "adminform": AdminForm(form, FIELDSETS, {}),
        "errors": form.errors,
        "is_mail_set_up": mail_is_set_up(),
        "lines": [
            {
                "record": agreement,
                "address": desk_address(agreement),
                "noun": agreement.get_kind_display(),
                "when": agreement.terminated or agreement.ends,
            }
            for agreement in agreements.order_by(F("ends_on").asc(nulls_last=True), "pk")[:SHOWN]
        ],
    }
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/reminders.html", context)
