"""The search page, and the names that are suggested while somebody types."""

from dataclasses import dataclass
from math import ceil

from babel.lists import format_list
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.heads import head_of_search
from partnerships.models import Organization
from partnerships.money import locale
from partnerships.search import Understanding, named_like, understand
from partnerships.views.base import ROWS_PER_PAGE
from partnerships.views.conditional import conditional
from partnerships.views.head import list_address
from partnerships.views.question import (
    Chip,
    Problem,
    address,
    in_order,
    labelled,
    meanings,
    pairs,
    problems,
    question_of,
    say,
)

from .answer import Answer, meant
from .question import SearchFilterSet, Wanted
from .rail import groups

MOST_HITS = 1_000
MOST_REPAIRS = 4
UNSAID = ("q", "plain", "partner_exact")


@login_not_required
@require_safe
@conditional
def search(request):
    """The best hits of all nouns for what the words mean, with the counts beside them; a wrong parameter is a 400."""
    data = request.GET.copy()
    if "q" in data:
        data["q"] = data["q"].replace("\0", "").strip()
    asked = pairs(data)
    if len(asked) < sum(len(values) for _name, values in request.GET.lists()):
        return HttpResponseRedirect(request.path + (address(asked) if asked else ""))
    filterset = SearchFilterSet(data, Organization.objects.all(), request=request, also=("page",))
    page = Page(request, filterset)
    context, status = page.context()
    return render(
        request, "search.html", {"head": head_of_search(request), "text": page.text, **context}, status=status
    )


@dataclass(frozen=True)
class Repair:
    filter: str
    found: int
    address: str


class Page:
    """One question's page: what was understood, what was found, and what to try where nothing was."""

    def __init__(self, request, filterset):
        self.request, self.user, self.filterset = request, request.user, filterset
        self.text = (filterset.data.get("q") or "").strip()
        self.asked = question_of(filterset.data)

    def context(self):
        found = list(problems(self.filterset)) if not self.filterset.is_valid() else []
        number = self.request.GET.get("page", "1")
        if not (number.isascii() and number.isdecimal() and len(number) < 10 and int(number)):
            message = _("“%s” is not the number of a page.") % number
            found.append(Problem("page", message, _("page 1"), address(self.asked)))
        if found:
            return {"problems": found}, 400
        if not self.asked:
            return {}, 200
        return self.answered(int(number))

    def answered(self, number):
        understood, plain = self.understood(), self.filterset.asked("plain")
        answer = self.look(understood.terms, understood.words, number)
        fell_back = bool(understood.terms) and not answer.total
        if fell_back:
            answer = self.look((), self.text, number)
        chips = [*self.understood_chips(understood), *self.filter_chips()]
        context = {
            "understood": understood,
            "chips": [] if fell_back else chips,
            "fell_back": fell_back,
            "not_found": chips if fell_back else [],
            "plain_address": self.changed(plain="true") if understood.terms else "",
            "meaning_address": self.without("plain") if plain and understand(self.text, self.user).terms else "",
            "named": self.named(understood),
            "others": list(self.others(understood)),
            "words": answer.wanted.words,
            "total": answer.total,
        }
        if not answer.total:
            # Where all words are names that the register knows, none of them is misspelt.
            is_known = understood.terms and not understood.words
            corrected, records = meant(self.text, self.user) if self.text and not is_known else ("", [])
            context |= {
                "repairs": list(self.repairs(chips)),
                "corrected": corrected,
                "corrected_address": address([("q", corrected)]),
                "suggestions": records,
            }
            return context, 200
        last = ceil(min(answer.total, MOST_HITS) / ROWS_PER_PAGE)
        if number > last:
            message = _("There is no page %(page)s: the list ends with page %(last)s.")
            problem = Problem(
                "page", message % {"page": number, "last": last}, _("page %s") % last, self.page_address(last)
            )
            return {"problems": [problem]}, 404
        return context | self.results(answer, number, fell_back, understood), 200

    def understood(self):
        if self.filterset.asked("plain"):
            return Understanding(self.text, words=self.text)
        return understand(self.text, self.user)

    def look(self, terms, words, number=1):
        return Answer(self.request, Wanted.of(self.filterset, terms, words), min(number * ROWS_PER_PAGE, MOST_HITS))

    def results(self, answer, number, fell_back, understood):
        paginator = Paginator(range(min(answer.total, MOST_HITS)), ROWS_PER_PAGE)
        page = paginator.get_page(number)
        key = (frozenset(self.asked), fell_back)
        removed = {} if fell_back else self.removed_types(understood)
        pairs_of_list = answer.wanted.list_pairs()
        one = answer.types[0] if len(answer.types) == 1 else None
        return {
            "hits": answer.hits(page.start_index() - 1, page.end_index()),
            "page": page,
            "pages": self.page_links(page),
            "most": MOST_HITS if answer.total > MOST_HITS else 0,
            "facets": list(groups(self.filterset, answer, key, removed)),
            "counts": self.counts_of(answer),
            "list_address": list_address(one) + address(pairs_of_list) if one and pairs_of_list is not None else "",
            "list_name": one._meta.verbose_name_plural if one else "",
        }

    def counts_of(self, answer):
        return [(model, count) for model, count in answer.counts.items() if count]

    # --- the question in other words ------------------------------------------------------------------------------------

    def changed(self, **values):
        """The address of this question with these parameters instead."""
        left = [pair for pair in self.asked if pair[0] not in values]
        return address(in_order(self.filterset, [*left, *((name, value) for name, value in values.items() if value)]))

    def without(self, name):
        return self.changed(**{name: ""})

    def understood_chips(self, understood):
        labels = {"span": _("years")}
        for term in understood.terms:
            label = labels.get(term.kind) or str(self.filterset.filters[term.kind].label)
            said = "–".join(map(str, term.values)) if term.kind == "span" else _either(map(_said, term.values))
            yield Chip(capfirst(label), said, self.changed(q=understood.without(term)))

    def filter_chips(self):
        for place, name, _value, meaning in meanings(self.filterset):
            if name not in UNSAID:
                without = address(in_order(self.filterset, self.asked[:place] + self.asked[place + 1 :]))
                label = capfirst(str(self.filterset.filters[name].label))
                yield Chip(label, capfirst(say(self.filterset, name, meaning)), without)

    def removed_types(self, understood):
        return {
            term.values[0]: self.changed(q=understood.without(term)) for term in understood.terms if term.kind == "type"
        }

    def named(self, understood):
        """The records that the words name: whoever types an acronym may want its own page."""
        records = [
            record
            for term in understood.terms
            if term.kind in ("partner", "country", "region")
            for record in term.values
        ]
        return list(dict.fromkeys([*understood.named, *records]))

    def others(self, understood):
        """(words, record, address) of what is called the same as something that was understood otherwise."""
        for term in understood.terms:
            for record in term.others:
                name = "partner" if isinstance(record, Organization) else "region"
                yield record, self.changed(q=understood.without(term), **{name: record.slug})

    def repairs(self, chips):
        """What would be found without one of the conditions; the one whose absence gives most comes first."""
        found = [(self.found_at(chip.without), chip) for chip in chips[:MOST_REPAIRS]]
        for count, chip in sorted(found, key=lambda pair: -pair[0]):
            if count:
                yield Repair(labelled(chip.label, chip.value), count, chip.without)

    def found_at(self, query):
        """How many records the question of this address has, by the meaning of its words."""
        page = Page(
            self.request, SearchFilterSet(QueryDict(query[1:]), Organization.objects.all(), request=self.request)
        )
        if not page.filterset.is_valid():
            return 0
        understood = page.understood()
        return page.look(understood.terms, understood.words).total

    def page_links(self, page):
        numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        return [(number, self.page_address(number)) if isinstance(number, int) else ("", "") for number in numbers]

    def page_address(self, number):
        return address(self.asked + ([("page", number)] if number > 1 else []))


def _said(value):
    """A value of a term in words: a record's short name, a noun, a year."""
    if isinstance(value, type):
        return capfirst(str(value._meta.verbose_name_plural))
    return getattr(value, "short_name", "") or str(value)


def _either(words):
    return format_list(list(words), style="or", locale=locale())


@login_not_required
@require_safe
@conditional
def names(request):
    """{"names": [{name, kind, address}]}: the records whose names go on like this, for suggestions below a search box."""
    found = named_like(request.GET.get("q", "")[:200].replace("\0", ""), request.user)
    return JsonResponse(
        {
            "names": [
                {
                    "name": str(record),
                    "short": getattr(record, "acronym", ""),
                    "kind": capfirst(record._meta.verbose_name),
                    "address": record.get_absolute_url(),
                }
                for record in found
            ]
        }
    )
