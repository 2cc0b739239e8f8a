"""A page of a list for visitors: which rows is said by the FilterSet or the ties, what they say by the cards."""

from django.http import HttpResponse
from django.utils import timezone

from api.links import Links
from api.pagination import Ordering

from . import cards
from .names import names
from .rendering import HOST, ORGANIZATION, dumps

MEDIA_TYPE = "application/json"


class CardsMixin:
    """Gives visitors the rows of a viewset's list from the cards, and everybody else those that serializers make."""

    shaping = frozenset()  # the parameters that change what a row says

    def list(self, request, *args, **kwargs):
        found = self.filter_queryset(self.get_queryset())
        if self.has_cards():
            ids = [record.pk for record in self.paginate_queryset(found.only(*columns(found)))]
            return prepared(self.get_paginated_response([]).data, self.rows_from_cards(ids))
        rows = self.paginate_queryset(self.selection.without_idle_prefetches(self.with_rows(found)))
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)

    def has_cards(self):
        """Whether this list is asked for as visitors get it, with rows as they are."""
        request = self.request
        return (
            self.model in cards.NUMBERS
            and not request.user.is_authenticated
            and not self.shaping & set(request.query_params)
        )

    def rows_from_cards(self, ids):
        """The JSON of these rows, with commas between them; rows that are gone by now are left out."""
        # Names are read after the cards, so that every organization they mention is known.
        texts = self.texts(ids, lambda: names(cards.ledger_number())) if ids else {}
        return ",".join(texts[pk] for pk in ids if pk in texts)

    def texts(self, ids, find_names):
        """{id: JSON} of these rows, from their cards where there are any. `find_names()` gives the Names."""
        found, texts = cards.find(self.model, cards.ROW, ids, timezone.localdate()), {}
        if found:
            known, host = find_names(), Links(self.request).root
            texts = {pk: named(text, known, host) for pk, text in found.items()}
        if missing := [pk for pk in ids if pk not in texts]:
            render = self.get_serializer().to_representation
            records = self.with_rows(self.get_queryset().filter(pk__in=missing))
            texts |= {record.pk: dumps(render(record)) for record in records}
        return texts


def columns(queryset):
    """The columns that a page needs to begin after a row."""
    return [column for column, _descending in Ordering(queryset).columns]


def named(text, known, host):
    """A card with its marks replaced. Raises KeyError if it mentions an organization that is not public any more."""
    pieces = text.split(ORGANIZATION)
    briefs = known.briefs
    pieces[1::2] = [briefs[pk] for pk in pieces[1::2]]
    return "".join(pieces).replace(HOST, host)


def splice(page, results):
    """The JSON of a page with results that are JSON already."""
    # The results come last in a page, so they fit between its last two characters.
    return dumps(page)[:-2] + results + "]}"


def prepared(page, results):
    return HttpResponse(splice(page, results), content_type=MEDIA_TYPE)
