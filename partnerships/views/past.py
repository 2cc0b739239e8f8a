"""A record's page as the facts stood on a day: `?as_of=2014-06-30`, with the meaning that it has over the API."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.lookups import DayField
from partnerships.names import NamesOn

from .base import RegisterDetailView
from .question import address


class PastDetailView(RegisterDetailView):
    """A record that has a past. Its page of today has the one address that is cited and found.

    A subclass gives `sections_on(record, day)`: what had a past, too. The rest is dated itself, and is on today's page.
    """

    on = None

    def get(self, request, *args, **kwargs):
        asked = [word.strip() for word in request.GET.getlist("as_of") if word.strip()]
        try:
            self.on = read_day(asked)
        except ValidationError as error:
            visible = self.model.objects.visible_to(request.user)
            record = visible.at(kwargs["address"]).first() or self.formerly(visible, kwargs["address"])
            context = {"record": record, "asked": asked[0], "problem": " ".join(error.messages)}
            return render(request, "partnerships/no_such_day.html", context, status=400)
        response = super().get(request, *args, **kwargs)
        if response.status_code == 301 and self.on:
            return redirect(response.url + address([("as_of", self.on)]), permanent=True)
        return response

    def for_page(self, records):
        return records.for_detail(self.request.user, self.on)

    def get_context_data(self, **context):
        if self.on:
            names = NamesOn(self.request.user, self.on)
            rename(self.organizations(context["record"]), names)
            for section in context["sections"]:
                for row in section.rows:
                    rename(organizations_in(row), names)
        return super().get_context_data(**context, on=self.on)

    def organizations(self, record):
        """Those that the page names beside its sections."""
        return organizations_in(record)

    def sections(self, record):
        return self.sections_on(record, self.on) if self.on else self.sections_today(record)


def read_day(asked):
    """The day that was asked for, or None. Raises ValidationError with words for a person."""
    periods = DayField().clean(asked)
    if periods and periods[0].first > timezone.localdate():
        raise ValidationError(_("That day has not come yet. Choose today or a day before it."))
    return periods[0].first if periods else None


def rename(organizations, names):
    """Call them as they were called on the day, in memory only."""
    for organization in organizations:
        organization.name, organization.acronym = names.name(organization), names.acronym(organization)


def organizations_in(record):
    """Those that a record's page or row names; all of them are prefetched."""
    match record.noun:
        case "organization":
            return [one for one in (record, record.parent) if one]
        case "agreement":
            return [party.organization for party in record.parties.all()]
        case "project":
            return [one.organization for one in record.participations.all()]
        case "person":
            return [office.organization for office in record.offices.all() if office.organization]
    return []
