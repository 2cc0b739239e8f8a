"""What the pages of lists count, for visitors once for each state of the register."""

from django.utils.translation import get_language

from partnerships.memory import Remembered

from .facets import MOST_VALUES, facets


class Counts(Remembered):
    """What one reader's page counts. `question` is a key of whatever narrows the records, `records()` their queryset."""

    def __init__(self, user):
        super().__init__(user)
        self.user = user

    def number(self, question, records):
        return self.get((*question, "number"), lambda: records().count())

    def facets(self, question, records, names, most=MOST_VALUES):
        """{name: Facet} of these records."""
        return self.get(
            # Labels are in the language of the page.
            (*question, *names, most, get_language()),
            lambda: facets(records(), names, self.user, most=most),
            size=lambda found: 1 + sum(len(facet.values) for facet in found.values()),
        )
