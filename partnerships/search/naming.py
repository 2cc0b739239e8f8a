"""Names that go on as somebody is typing: for suggestions below a search box."""

from django.db import connection

from . import storage
from .analysis import fold, words
from .index import subjects
from .query import ask

SHORTEST = 2  # letters
MOST_OF_EACH = 30


def named_like(text, user, limit=8):
    """The records of which a name has all the words, the last one as a beginning; those that begin so come first.

    One statement for each noun that has names. Equals are in the order of the nouns, then of length.
    """
    question, typed = ask(text), _bare(text)
    if not question.clauses or len(typed) < SHORTEST:
        return []
    found = []
    for place, subject in enumerate(one for one in subjects() if one.is_name):
        hits = storage.of(connection).matching(subject.number, question, title_only=True, all_hits=True)
        records = subject.model.objects.visible_to(user).filter(pk__in=hits).order_by(*subject.order)
        for record in records[:MOST_OF_EACH]:
            names = [_bare(str(record)), _bare(getattr(record, "acronym", ""))]
            begins = typed not in names, not any(name.startswith(typed) for name in names)
            found.append((*begins, place, len(names[0]), record.pk, record))
    return [record for *_order, record in sorted(found, key=lambda one: one[:-1])[:limit]]


def _bare(name):
    return " ".join(words(fold(name)))
