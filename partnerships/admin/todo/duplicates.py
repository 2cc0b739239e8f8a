"""Records that may stand for the same: found once for each state of those that have names, however many people look."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from partnerships import ledger
from partnerships.memory import figures
from partnerships.models import Funder, LedgerLine, Namesakes, Organization, OrganizationName, Person, PublicationState
from partnerships.publication import has_permission

from .likeness import Likeness, Named, Reason, alike

REASONS = {
    Reason.SAME_NAME: _("the same name"),
    Reason.SAME_ACRONYM: _("the same acronym"),
    Reason.SAME_WORDS: _("the same words in another order"),
    Reason.A_SLIP: _("names that differ in one letter"),
}
TITLE = _("possible duplicates: organizations, funders and people that may be the same")


@dataclass(frozen=True)
class Duplicate:
    model: type
    likeness: Likeness

    @property
    def reason(self):
        return REASONS[self.likeness.reason]

    @property
    def pair(self):
        return self.model._meta.label_lower, self.likeness.one, self.likeness.other


def duplicates(user):
    """The Duplicates of the nouns that this user may see, the surest first. Three queries while their names stay as they are.

    Pairs of which somebody has said that they are not the same are left out.
    """
    nouns = [model for model in NAMES if has_permission(user, "view", model)]
    if not nouns:
        return []
    # What is remembered holds for everybody at the desk: who may see which noun is asked afterwards.
    state = state_of_names(user)
    if (found := figures.get(state, "duplicates")) is None:
        found = [Duplicate(model, pair) for model, names in NAMES.items() for pair in alike(names())]
        figures.put(state, "duplicates", found, size=len(found) + 1)
    apart = set(Namesakes.objects.values_list("noun", "one_id", "other_id"))
    return [one for one in found if one.model in nouns and one.pair not in apart]


def state_of_names(user):
    """The number of the last change of a noun that is compared; what happens to all others leaves the pairs as they are."""
    ledger.head(user)  # what is changed after it has been asked for gets a number of its own
    nouns = [model._meta.label_lower for model in NAMES]
    return LedgerLine.objects.filter(noun__in=nouns).aggregate(last=Max("number"))["last"]


def current(model):
    """An archived record has been dealt with."""
    return model.objects.exclude(state=PublicationState.ARCHIVED).order_by("pk")


def organizations():
    names, acronyms = defaultdict(list), defaultdict(list)
    for pk, name, kind in OrganizationName.objects.order_by("pk").values_list("organization", "name", "kind"):
        (acronyms if kind == OrganizationName.Kind.ACRONYM else names)[pk].append(name)
    columns = ("pk", "name", "acronym", "country", "parent")
    return [
        Named(pk, (name, *names[pk]), tuple(filter(None, (acronym, *acronyms[pk]))), (country, parent))
        for pk, name, acronym, country, parent in current(Organization).values_list(*columns)
    ]


def funders():
    rows = current(Funder).values_list("pk", "name", "acronym")
    return [Named(pk, (name,), (acronym,) if acronym else ()) for pk, name, acronym in rows]


def people():
    return [Named(pk, (name,)) for pk, name in current(Person).values_list("pk", "name")]


NAMES = {Organization: organizations, Funder: funders, Person: people}
