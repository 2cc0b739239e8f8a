"""What the register has for a question: the records of each noun that it leaves, the best hits, and the counts beside them."""

from collections import Counter

from django.db.models import QuerySet
from django.http import QueryDict

from partnerships.filters import year_span
from partnerships.models import Country, Funder, Organization, Person, Region
from partnerships.reporting.facets import facets
from partnerships.search import ask, corrections, matching, passages, ranked
from partnerships.search.ranking import IN_TITLE

from .question import FILTERSETS

COUNTED = ("partner", "country", "year")
MOST_NAMES = 5
# Who asks for a partner and a year does not ask for the countries that have something to do with them, unless by that word.
PLACES = (Country, Region)
# Without words no hit is better than another: what was done and told comes before who it was.
WHO = (Organization, Funder, Person, *PLACES)
EVERY_VALUE = 100_000  # sums over nouns are right only if no noun leaves a value out


class Answer:
    """The records that fulfil what is Wanted, as this reader may see them."""

    def __init__(self, request, wanted, most):
        self.request, self.user, self.wanted = request, request.user, wanted
        self.conditions = list(self._resolved())
        asked = [model for model in FILTERSETS if not wanted.conditions or model not in PLACES or model in wanted.types]
        if not wanted.words:
            asked.sort(key=lambda model: model in WHO)
        self.types = wanted.types or tuple(asked)
        self.records = {model: self._narrowed(model) for model in asked}
        self.ranking = ranked(wanted.words, self.user, most, self.records, self.types) if wanted.asks else None
        self.counts = self.ranking.counts if self.ranking else {}
        self.total = sum(count for model, count in self.counts.items() if model in self.types)

    def _resolved(self):
        """The conditions with ids in the place of records; the units of a partner are looked up once for all nouns."""
        for name, values in self.wanted.conditions:
            if name in ("country", "region", "partner"):
                values = [record.pk for record in values]
            if name == "partner" and not self.wanted.exact:
                values = list(
                    Organization.objects.visible_to(self.user).with_units(values).values_list("pk", flat=True)
                )
            yield name, values

    def _narrowed(self, model) -> QuerySet:
        """The noun's records by the noun's own meaning of each condition."""
        records = model.objects.visible_to(self.user)
        filterset = FILTERSETS[model](QueryDict(), records, request=self.request)
        filterset.is_valid()
        for name, values in self.conditions:
            match name:
                case "partner":
                    records = filterset.with_partner(records, values)
                case "country":
                    records = filterset.in_countries(records, values)
                case "region":
                    records = filterset.in_regions(records, values)
                case "year":
                    records = filterset.narrow_by_year(records, name, list(values))
                case "span":
                    records = filterset.between(records, *year_span(*values))
        return records

    def hits(self, start, end):
        """The records from one place of the ranking to another, with what their rows show and where the words stand."""
        hits = self.ranking.hits[start:end]
        found = load(hits, self.user)
        if self.wanted.words:
            for model, records in found.items():
                marked = passages(model.objects.visible_to(self.user).filter(pk__in=list(records)), self.wanted.words)
                for pk, record in records.items():
                    record.found = marked.get(pk)
        return [found[hit.model][hit.pk] for hit in hits if hit.pk in found[hit.model]]

    def values(self):
        """{dimension: [(value, label, count)]} over all nouns that are shown, the largest first."""
        question = ask(self.wanted.words)
        counts, labels = {name: Counter() for name in COUNTED}, {}
        for model in self.types:
            if self.counts.get(model):
                for name, facet in facets(
                    matching(self.records[model], question), COUNTED, self.user, most=EVERY_VALUE
                ).items():
                    for one in facet.values:
                        counts[name][one.value] += one.count
                        labels[name, one.value] = one.label
        return {
            name: [(value, labels[name, value], count) for value, count in _largest_first(found, newest=name == "year")]
            for name, found in counts.items()
        }


def _largest_first(counts, newest=False):
    """(value, count) in their order; of equal ones the first in the alphabet, or the newest year."""
    values = sorted(counts.items(), reverse=newest)
    return sorted(values, key=lambda pair: -pair[1])


def load(hits, user):
    """The records of the hits by model and id, with what their rows show: a few statements for each noun."""
    found = {}
    for model in dict.fromkeys(hit.model for hit in hits):
        records = model.objects.visible_to(user).filter(pk__in=[hit.pk for hit in hits if hit.model is model])
        found[model] = {record.pk: record for record in rows_of(model, records, user)}
    return found


def rows_of(model, records, user):
    if model is Country:
        return records.prefetch_related("regions")
    return records.for_list(user) if hasattr(records, "for_list") else records.select_related("parent")


def meant(text, user):
    """(text, records of such a name) of the likeliest question that finds something for this reader, or ("", [])."""
    for corrected in corrections(text):
        ranking = ranked(corrected, user, MOST_NAMES)
        if ranking.hits:
            named = [hit for hit in ranking.hits if hit.score >= IN_TITLE]
            found = load(named, user)
            return corrected, [found[hit.model][hit.pk] for hit in named]
    return "", []
