"""Signatures on the agreement's page.

A signature belongs to a party, and the party to the agreement. Staff say for which organization somebody signed; the row
finds the party, also one that is added on the same page in the same save.
"""

import re
from functools import partial

from django import forms
from django.contrib import admin
from django.contrib.admin.checks import InlineModelAdminChecks
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.forms.models import BaseModelFormSet, modelformset_factory
from django.utils.translation import gettext_lazy as _

from partnerships.forms import PartialDateForm
from partnerships.models import Organization, Party, Signature

from .inlines import LabelledRows, PartInline

PARTY_KEY = re.compile(r"parties-(\d+)-organization")


class SignatureForm(PartialDateForm):
    organization = forms.ModelChoiceField(
        Organization.objects.all(),
        label=_("for the party"),
        help_text=_("One of the parties above, also one that you have just added."),
        widget=AutocompleteSelect(Party._meta.get_field("organization"), admin.site),
    )
    may_add = may_change = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.party_id:
            self.initial["organization"] = self.instance.party.organization_id

    def has_changed(self):
        # What the person may not do is not done, whatever was posted.
        allowed = self.may_add if self.instance._state.adding else self.may_change
        return allowed and super().has_changed()


class SignatureFormSet(LabelledRows, BaseModelFormSet):
    """The signatures of all the agreement's parties, under the agreement as if they hung on it."""

    def __init__(self, *args, instance=None, queryset=None, save_as_new=False, **kwargs):
        self.agreement = instance
        rows = Signature.objects.none()
        if instance is not None and instance.pk:
            rows = queryset.filter(party__agreement=instance).select_related("party__organization", "person", "country")
        super().__init__(*args, queryset=rows, **kwargs)

    @classmethod
    def get_default_prefix(cls):
        return "signatures"

    def clean(self):
        super().clean()
        parties = self.posted_parties()
        for form in self.forms:
            organization = getattr(form, "cleaned_data", {}).get("organization")
            if organization is None or form in self.deleted_forms or not form.has_changed():
                continue
            if str(organization.pk) not in parties:
                message = _("“%s” is not among the parties above. Add it there, or choose one of them.")
                form.add_error("organization", ValidationError(message % organization))

    def posted_parties(self):
        """The ids of the organizations that the posted page names as parties, as they were written."""
        rows = [found[1] for key in self.data if (found := PARTY_KEY.fullmatch(key))]
        return {
            self.data.get(f"parties-{row}-organization") for row in rows if not self.data.get(f"parties-{row}-DELETE")
        }

    def save_new(self, form, commit=True):
        self.find_party(form)
        return super().save_new(form, commit=commit)

    def save_existing(self, form, obj, commit=True):
        if "organization" in form.changed_data:
            self.find_party(form)
        return super().save_existing(form, obj, commit=commit)

    def find_party(self, form):
        """The organization's place in the agreement; where it joined twice, the one that it held on that day."""
        day = form.instance.signed_on
        places = Party.objects.filter(agreement=self.agreement, organization=form.cleaned_data["organization"])
        form.instance.party = (places.on(day).last() if day else None) or places.last()


class SignatureChecks(InlineModelAdminChecks):
    """Signature has no key to Agreement, on purpose; its formset knows the way."""

    def _check_relation(self, obj, parent_model):
        return []

    def _check_exclude_of_parent_model(self, obj, parent_model):
        return []


class SignatureInline(PartInline):
    model = Signature
    blank = 2
    form = SignatureForm
    formset = SignatureFormSet
    checks_class = SignatureChecks
    fields = ["organization", "person", "capacity", "signed", "place", "country"]
    autocomplete_fields = ["person", "country"]

    def get_formset(self, request, obj=None, **kwargs):
        form = type(
            "DeskSignatureForm",
            (self.form,),
            {
                "may_add": self.has_add_permission(request, obj),
                "may_change": self.has_change_permission(request, obj),
            },
        )
        return modelformset_factory(
            Signature,
            form=form,
            formset=self.formset,
            fields=self.fields,
            extra=self.get_extra(request, obj),
            can_delete=self.can_delete and self.has_delete_permission(request, obj),
            formfield_callback=partial(self.formfield_for_dbfield, request=request),
        )

    @admin.display(description=_("for the party"))
    def organization(self, signature):
        """Shown where the page cannot be changed."""
        return signature.party.organization

    def history_of(self, record):
        # Also of parties that have left the agreement's page since.
        parties = Party.history.filter(agreement_id=record.pk).values("id")
        return Signature.history.filter(party_id__in=parties)
