"""Dimensions whose values are records, and the rows that lead to them through the one gate."""

from django.db.models import F, Q
from django.utils.translation import get_language

from partnerships.models import (
    Agreement,
    Contribution,
    Country,
    Event,
    Funder,
    Goal,
    Organization,
    Person,
    Project,
    Region,
)

from .ties import Dimension, Records, Ties, apart


def _name_of_place():
    """The column of `Place.name`: the name in the language of the page."""
    column = f"name_{(get_language() or 'en')[:2]}"
    return column if column in {field.name for field in Country._meta.fields} else "name_en"


def _column(name):
    return lambda: name


COUNTRIES = Records(Country, "alpha2", _name_of_place)
REGIONS = Records(Region, "slug", _name_of_place)
GOALS = Records(Goal, "number", _column("title"))
ORGANIZATIONS = Records(Organization, "slug", _column("name"))
FUNDERS = Records(Funder, "slug", _column("name"))
PROJECTS = Records(Project, "slug", _column("title"))
AGREEMENTS = Records(Agreement, "slug", _column("title"))
EVENTS = Records(Event, "slug", _column("name"))
PEOPLE = Records(Person, "slug", _column("name"))

OTHERS = ~Q(owner=F("tied"))  # an organization is no partner of itself


def every(model):
    """All rows of a model that is public by itself, or that only ties records which are asked for already."""
    return lambda user, on: model._default_manager.all()


def visible(model):
    return lambda user, on: model.objects.visible_to(user)


def visible_on(model):
    """Of the day that is asked for, if one is."""
    return lambda user, on: model.objects.visible_to(user).on(on)


def through(model, field):
    """The rows of a many-to-many field."""
    return every(getattr(model, field).through)


def paid(user, on):
    """Who pays for what: the funders of contributions, both as the user may see them."""
    rows = Contribution.funders.through.objects.filter(
        contribution__in=Contribution.objects.visible_to(user).known_by(on)
    )
    return rows.annotate(payer=apart("funder")).filter(payer__in=Funder.objects.visible_to(user))


def countries(*ties, once=False):
    return Dimension(ties, COUNTRIES, once=once)


def regions(*ties):
    """With all regions above those that are named: a record of Niger is one of Western Africa, and of Africa."""
    # A sum in several regions at once would have a group for each mixture of them, which tells nobody anything.
    return Dimension(ties, REGIONS, climbs=True, adds_up=False)


def partners(*ties, once=False):
    """Direct ties only, as the filter has them with `partner_exact=true`."""
    return Dimension(ties, ORGANIZATIONS, once=once)


def records(values, *ties, once=False):
    return Dimension(ties, values, once=once)


def goals(model):
    return Dimension((Ties(through(model, "goals"), model._meta.model_name, "goal"),), GOALS, once=True)


def own(model, column, values):
    """A foreign key of the record itself."""
    return Dimension((Ties(every(model), "pk", column),), values, once=True)
