"""The register's organizations (and countries) in the memory of the process: their names, and which stand below which.

A few thousand short texts. They are read again when the ledger says that an organization has changed.
"""

import threading
from collections import defaultdict

from api.links import list_path
from partnerships.models import Country, LedgerLine, Organization, PublicationState

from .rendering import HOST, dumps


class Names:
    """As of one number of the ledger: `briefs` {id as text: JSON} and `slugs` {id: slug} of public organizations."""

    def __init__(self, number, rows, countries):
        self.number = number
        self.countries = {code: (pk, codes[-1]) for pk, _name, *codes in countries for code in codes}
        self.labels = {pk: (codes[0], name) for pk, name, *codes in countries}  # country's id -> its ISO code and name
        self.briefs, self.slugs, self.ids, self.below = {}, {}, {}, defaultdict(list)
        path = list_path(Organization)
        for pk, slug, name, parent, state in rows:
            if parent:
                # Also those that are not public: what stands below them is still found from above.
                self.below[parent].append(pk)
            if state == PublicationState.PUBLISHED:
                url = f"{HOST}{path}{slug}/"
                self.briefs[str(pk)] = f'{{"id":{pk},"url":"{url}","display":{dumps(name)},"slug":"{slug}"}}'
                self.slugs[pk], self.ids[slug] = slug, pk

    def find(self, word):
        """The id of the public organization with this slug or id, or None."""
        if word.isascii() and word.isdecimal():
            return int(word) if word in self.briefs else None
        return self.ids.get(word)

    def find_country(self, word):
        """(id, slug) of the country with this ISO 3166-1 code (alpha-2 or alpha-3) or slug, or None."""
        return self.countries.get(word.upper() if len(word) <= 3 else word.lower())

    def with_units(self, pk):
        """The ids of an organization and of all public units below it."""
        found, open_ends = {pk}, [pk]
        while open_ends:
            for below in self.below.get(open_ends.pop(), ()):
                if below not in found:
                    found.add(below)
                    open_ends.append(below)
        return [one for one in found if str(one) in self.briefs]


_lock = threading.Lock()
_names = None


def names(number):
    """The Names of a register that has come to this number, or further. They are the same object until they change."""
    global _names
    if _names is None or _names.number < number:
        with _lock:
            if _names is None or (_names.number < number and has_changed(_names.number)):
                _names = read(number)
            _names.number = max(_names.number, number)
    return _names


def read(number=None):
    """The Names as they are now, or in the snapshot that the caller reads."""
    rows = Organization.objects.order_by("pk").values_list("pk", "slug", "name", "parent_id", "state")
    countries = list(Country.objects.values_list("pk", "name_en", "alpha2", "alpha3", "slug"))
    return Names(number, rows.iterator(), countries)


def has_changed(number):
    """Whether an organization or a country has changed since."""
    nouns = [model._meta.label_lower for model in (Organization, Country)]
    return LedgerLine.objects.filter(noun__in=nouns, number__gt=number).exists()


def forget():
    """Read everything anew: for tests, whose databases come and go within one process."""
    global _names
    _names = None
