"""A record in two or three plain sentences, made of its own facts: for search engines, feeds and calendars."""

from functools import singledispatch

from babel.lists import format_list
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from partnerships import money, wording
from partnerships.models import (
    Agreement,
    Contribution,
    Country,
    Event,
    Funder,
    Indicator,
    Organization,
    Person,
    Project,
    Region,
)

LONGEST = 300
MOST_NAMES = 5


@singledispatch
def summary(record):
    """Plain text of at most LONGEST characters."""
    raise NotImplementedError(f"Nobody has said how {type(record).__name__} is summed up.")


def told(*sentences):
    """The sentences that there are, as one text; one that is too long ends at a word."""
    text = " ".join(" ".join(str(sentence) for sentence in sentences if sentence).split())
    if len(text) <= LONGEST:
        return text
    cut = Truncator(text).chars(LONGEST)
    whole, space, _rest = cut.rpartition(" ")
    # Chinese has no spaces to cut at.
    return f"{whole.rstrip(',;:')} …" if space and len(whole) > LONGEST // 2 else cut


def enumerated(records):
    """“FIFA, UNODC and WHO”; of many, the first ones and how many more."""
    names = list(dict.fromkeys(str(getattr(one, "short_name", "") or one) for one in records if one))
    if len(names) > MOST_NAMES + 1:
        return _("%(names)s and %(count)s more") % {
            "names": ", ".join(names[:MOST_NAMES]),
            "count": len(names) - MOST_NAMES,
        }
    return format_list(names, locale=money.locale())


def places(record):
    """The countries and regions that a record names."""
    return enumerated([*record.countries.all(), *record.regions.all()])


def _if(text, sentence):
    return sentence % text if text else ""


@summary.register
def of_organization(record: Organization):
    kind = record.get_type_display()
    return told(
        f"{record.acronym}: {kind}." if record.acronym else f"{kind}.",
        _if(record.parent, _("A unit of %s.")),
        _if(record.country, _("Its country is %s.")),
        record.description,
    )


@summary.register
def of_agreement(record: Agreement):
    parties = enumerated(party.organization for party in record.parties.all())
    kind = record.get_kind_display()
    return told(
        _("%(kind)s of %(parties)s.") % {"kind": kind, "parties": parties} if parties else f"{kind}.",
        wording.agreement_status(record).sentence,
        record.description or _if(places(record), _("It applies in %s.")),
    )


@summary.register
def of_project(record: Project):
    countries = [one.country for one in record.project_countries.all()]
    return told(
        _if(enumerated(one.organization for one in record.participations.all()), _("A project of %s.")),
        wording.project_status(record).sentence,
        _if(enumerated([*countries, *record.regions.all()]), _("It works in %s.")),
        record.description,
    )


@summary.register
def of_funder(record: Funder):
    names = {"kind": record.get_kind_display(), "organization": record.organization}
    return told(_("%(kind)s; the money is that of %(organization)s.") % names, record.description)


@summary.register
def of_contribution(record: Contribution):
    purpose, funders = record.project or record.event, enumerated(record.funders.all())
    stage = capfirst(record.get_stage_display())
    return told(
        _("%(stage)s of %(funders)s for %(purpose)s.")
        % {"stage": stage, "funders": funders or _("an unnamed funder"), "purpose": purpose},
        _("Given in kind.") if record.in_kind else "",
        _amount(record),
        _if(record.dated and wording.when(record.dated), _("Dated %s.")),
        record.description,
    )


def _amount(record):
    if record.amount is not None:
        return _("The amount is %s.") % money.exact(record.amount, record.currency)
    return "" if record.in_kind else _("The amount is not stated.")


@summary.register
def of_indicator(record: Indicator):
    figures = [
        _("%(kind)s: %(value)s %(unit)s%(when)s.")
        % {
            "kind": capfirst(one.get_kind_display()),
            "value": money.figure(one.value),
            "unit": record.unit,
            "when": f" ({one.measured})" if one.measured else "",
        }
        for one in (record.baseline, record.target, record.actual)
        if one
    ]
    return told(_if(record.project, _("An indicator of the project “%s”.")), *figures, record.description)


@summary.register
def of_event(record: Event):
    return told(
        f"{record.get_kind_display()}.",
        wording.event_status(record).sentence,
        _if(enumerated(one.organization for one in record.participations.all()), _("With %s.")),
        record.description,
    )


@summary.register
def of_person(record: Person):
    offices = [
        f"{office} ({span})" if (span := wording.span(office.held_from, office.held_to)) else str(office)
        for office in record.offices.all()
    ]
    return told("; ".join(offices) + "." if offices else _("A public official; no office is recorded."))


@summary.register(Country)
@summary.register(Region)
def of_place(record):
    return told(
        _("%s in the register of partnerships: the agreements, projects, contributions, events and stories there.")
        % record.name
    )
