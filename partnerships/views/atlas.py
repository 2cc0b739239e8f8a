"""Where the records of a question are: the map, the tiles and the table of a page, each number a link to its list."""

from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from django.core.exceptions import BadRequest
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.urls import resolve
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships import ties
from partnerships.charts.tiles import step
from partnerships.charts.world import WORLD, Frame, circles
from partnerships.models import Country, Project, Region
from partnerships.reporting import facet
from partnerships.wording import counted

from .head import list_address
from .question import address, pairs

PARAMETER = "map"  # the noun that is counted, where a page lets the visitor choose
MOST_COUNTRIES = 1000  # more than there are


@dataclass(frozen=True)
class Entry:
    """A country and how many records name it; `address` is the list of them."""

    country: Country
    count: int
    text: str
    address: str
    shade: int

    @property
    def latitude(self):
        return self.country.latitude

    @property
    def longitude(self):
        return self.country.longitude


@dataclass(frozen=True)
class Choice:
    label: str
    address: str
    chosen: bool


@dataclass
class Atlas:
    """`entries` are the countries that are named, most often first; `groups` all that are shown, by M49 region."""

    entries: list[Entry]
    groups: list[tuple[str, list[Entry]]]
    circles: tuple
    frame: Frame
    noun: str
    sentence: str
    choices: list[Choice] = field(default_factory=list)

    @cached_property
    def drawn(self):
        """The map as SVG."""
        return render_to_string("charts/world.svg", {"atlas": self})

    @cached_property
    def numbers(self):
        """The tiles and the table as HTML."""
        return render_to_string("_components/map_numbers.html", {"atlas": self})

    def offering(self, choices):
        """The same Atlas, not drawn again, with these choices."""
        offered = copy(self)
        offered.choices = choices
        return offered


def nouns():
    """The models whose records are tied to countries, by the word that chooses them: the last of their list's address."""
    models = [Project, *(model for model in ties.registered() if model is not Project)]
    return {list_address(model).strip("/").rpartition("/")[2]: model for model in models}


def chosen(request):
    """The noun that the visitor chose to see on the map; projects, if none. Raises BadRequest for another word."""
    known = nouns()
    word = request.GET.get(PARAMETER) or next(iter(known))
    if word not in known:
        raise BadRequest(f"{PARAMETER} is one of {', '.join(known)}.")
    return known[word]


def choices(request, model, offered):
    """Links that choose which of the offered nouns the map counts, on the page as it is otherwise."""
    others = [(name, value) for name, value in pairs(request.GET) if name not in (PARAMETER, "page")]
    return [
        Choice(str(noun._meta.verbose_name_plural), f"{address([*others, (PARAMETER, word)])}#map", noun is model)
        for word, noun in nouns().items()
        if noun in offered or noun is model
    ]


def by_country(records, user):
    """({alpha-2 code: number of records}, number of records without a country), as the facet `country` of the API counts."""
    found = facet(records, "country", user, most=MOST_COUNTRIES)
    return {value.value: value.count for value in found.values}, found.without


def the_same_question(model, request, names):
    """The noun's records that fit these parameters of the page's own question, and the parameters as pairs."""
    filterset_class = resolve(list_address(model)).func.view_class.filterset_class
    asked = request.GET.copy()
    for name in set(asked) - set(names):
        del asked[name]
    filterset = filterset_class(asked, model.objects.visible_to(request.user), request=request)
    return filterset.qs, pairs(asked)


def geography():
    """All countries by alpha-2 code, each with its region of UN M49 in `regions`; two queries."""
    m49 = Region.objects.filter(kind=Region.Kind.M49).select_related("parent__parent")
    countries = Country.objects.prefetch_related(Prefetch("regions", m49))
    return {country.alpha2: country for country in countries}


def atlas(model, numbers, remembered, question=(), *, only=None, every=False, frame=WORLD):
    """The Atlas of a noun.

    `numbers` are those of `by_country`; `question` are the pairs that the linked lists are asked beside the country;
    `only` holds the codes of the countries that are shown, `every` says that those without records are, too.
    """
    counts, without = numbers
    countries = remembered.get("geography", geography)
    shown = [code for code in countries if only is None or code in only]
    largest = max((counts.get(code, 0) for code in shown), default=0)
    path = list_address(model)
    others = [(name, value) for name, value in question if name != "country"]

    def entry(code):
        count = counts.get(code, 0)
        link = path + address([*others, ("country", code)]) if count else ""
        return Entry(countries[code], count, counted(count, model.noun), link, step(count, largest))

    entries = sorted((entry(code) for code in shown), key=lambda one: (-one.count, one.country.name))
    named = [one for one in entries if one.count]
    return Atlas(
        entries=named,
        groups=_groups(entries if every else named),
        circles=circles(named, frame),
        frame=frame,
        noun=str(model._meta.verbose_name_plural),
        sentence=_sentence(named, without, model),
    )


def _groups(entries):
    """(region, its entries by name) for each region of M49 that has countries, continent after continent."""

    def place(entry):
        regions = entry.country.regions.all()
        region = regions[0] if regions else None
        parents = (region.parent, region.parent and region.parent.parent) if region else (None, None)
        # The world is above the continents, and needs no place among them.
        continent = next((one for one in reversed(parents) if one and one.parent_id), region)
        return (continent.name if continent else "\uffff", region.name if region else _("Elsewhere"))

    ordered = sorted(entries, key=lambda one: (*place(one), one.country.name))
    return [(name, list(members)) for (_continent, name), members in groupby(ordered, key=place)]


def _sentence(entries, without, model):
    """“12 countries; the largest circle, Bolivia, stands for 3 projects. 18 projects name no country.”"""
    words = []
    if entries:
        facts = {"count": len(entries), "country": entries[0].country.name, "records": entries[0].text}
        words.append(
            ngettext(
                "%(count)s country: %(country)s, with %(records)s.",
                "%(count)s countries; the largest circle, %(country)s, stands for %(records)s.",
                len(entries),
            )
            % facts
        )
    if without:
        records = {"records": counted(without, model.noun)}
        words.append(ngettext("%(records)s names no country.", "%(records)s name no country.", without) % records)
    return " ".join(words)
