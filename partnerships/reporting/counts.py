"""Counts for a reader: visitors' are made once for each state of the register, those of the desk each time anew."""

from django.utils.translation import get_language

from partnerships import ledger
from partnerships.memory import figures, state_of
from partnerships.models.record import sees_drafts

from .facets import MOST_VALUES, facets


class Counts:
    """What one reader's page counts. Make it before anything is read; see partnerships.memory."""

    def __init__(self, user):
        self.user = user
        self.state = None if sees_drafts(user) else state_of(ledger.head(user))

    def number(self, question, records):
        """How many records there are. `question` is a key of whatever narrows them, `records()` their queryset."""
        return self._once((*question, "number"), lambda: records().count())

    def facets(self, question, records, names, most=MOST_VALUES):
        """{name: Facet} of these records."""
        found = self._once(
            # Labels are in the language of the page.
            (*question, *names, most, get_language()),
            lambda: facets(records(), names, self.user, most=most),
            size=lambda found: 1 + sum(len(facet.values) for facet in found.values()),
        )
        return found

    def _once(self, key, count, size=lambda found: 1):
        if self.state is None:
            return count()
        if (known := figures.get(self.state, key)) is None:
            known = count()
            figures.put(self.state, key, known, size(known))
        return known
