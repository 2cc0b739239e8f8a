"""Lists and records with a map of the countries that they lead to."""

from django.utils.translation import get_language

from partnerships.charts.world import WORLD
from partnerships.memory import Remembered

from .atlas import PARAMETER, atlas, by_country, choices, chosen, nouns, the_same_question
from .base import RegisterListView
from .question import pairs

# What a list of countries and the lists of what is in them can be asked alike.
ALIKE = ("partner", "partner_all", "partner_exact", "region", "country", "year", "year_from", "year_to")

DRAWN = 100  # figures take as much memory as one drawn map of all countries


class MappedListView(RegisterListView):
    """A list whose records name countries: its map counts the records that its question finds."""

    def atlas(self, filterset):
        user, remembered = self.request.user, self.counts
        asked = [(name, value) for name, value in pairs(self.request.GET) if name not in (*self.own, "ordering")]
        key = ("map", self.model, frozenset(asked))
        numbers = remembered.get(key, lambda: by_country(filterset.qs, user))
        return atlas(self.model, numbers, remembered, asked)


class MappedCountriesView(RegisterListView):
    """The list of countries: its map counts the records of a noun, which the visitor chooses, in the countries listed."""

    own = (*RegisterListView.own, PARAMETER)

    def get(self, request, *args, **kwargs):
        self.mapped = chosen(request)
        return super().get(request, *args, **kwargs)

    def atlas(self, filterset):
        user, remembered = self.request.user, self.counts
        records, asked = the_same_question(self.mapped, self.request, ALIKE)
        numbers = remembered.get(("map", self.mapped, frozenset(asked)), lambda: by_country(records, user))
        only = set(filterset.qs.order_by().values_list("alpha2", flat=True))
        found = atlas(self.mapped, numbers, remembered, asked, only=only, every=True)
        found.choices = choices(self.request, self.mapped, nouns().values())
        return found


def map_of_all(request, model, remembered):
    """The Atlas of all records of a noun, with every country among its tiles."""

    def draw():
        found = atlas(model, by_country(model.objects.visible_to(user), user), remembered, every=True)
        return found, found.drawn, found.numbers

    user = request.user
    # 250 countries, each drawn three times, take longer than all the rest of the page.
    found, *_drawn = remembered.get(("map of all", model, get_language()), draw, size=lambda _found: DRAWN)
    return found.offering(choices(request, model, nouns().values()))


def map_of_ties(request, narrowed, question, frame=WORLD):
    """The Atlas of a record's page, or None: of the noun that was chosen or, if none, the first that names a country.

    `narrowed(records)` keeps the records that belong to the page's, as the filter `question` of their list does.
    """
    user, remembered = request.user, Remembered(request.user)
    key = tuple(question.items())
    numbers = {}
    for model in nouns().values():
        records = narrowed(model.objects.visible_to(user))
        numbers[model] = remembered.get(("map", model, key), lambda records=records: by_country(records, user))
    filled = [model for model, (counts, _without) in numbers.items() if counts]
    if not filled:
        return None
    model = chosen(request) if PARAMETER in request.GET else filled[0]
    found = atlas(model, numbers[model], remembered, key, frame=frame)
    found.choices = choices(request, model, filled)
    return found
