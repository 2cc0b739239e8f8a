"""What a question names: “EU Niger 2019” is a partner, a country and a year, read off the words by their exact names.

Names are looked up in the index by the fingerprint that each title has there, so that accents and case do not count, former
names are known, and the number of statements does not depend on how many organizations there are.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language, override

from partnerships.models import Country, Organization, Region

from . import storage
from .analysis import fold, places, quoted, strip_tags, words
from .index import subjects
from .query import MAX_TEXT, Question, fingerprint

MOST_PLACES = 16  # words of a question that are read
LONGEST_NAME = 12  # words
MOST_SENSES = 5  # an acronym of more organizations than that narrows nothing
MOST_NAMED = 500
FIRST_YEAR = 1945
KINDS = {Organization: "partner", Country: "country", Region: "region"}
_SPAN = re.compile(r"(\d{4})\s?[-–]\s?(\d{4})(?![\w-])")
_JOINED = re.compile(r"[-–/.]\w")
# Words that only join names. One that is also an acronym (WHO, AND) is a name in capitals only.
JOINING = frozenset(
    [
        "a",
        "about",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "it",
        "of",
        "on",
        "or",
        "the",
        "to",
        "under",
        "us",
        "was",
        "who",
        "with",
        "au",
        "aux",
        "avec",
        "dans",
        "de",
        "des",
        "du",
        "en",
        "et",
        "la",
        "le",
        "les",
        "par",
        "pour",
        "sur",
        "y",
        "con",
        "del",
        "el",
        "los",
        "las",
        "para",
        "por",
        "в",
        "во",
        "и",
        "из",
        "к",
        "на",
        "о",
        "об",
        "от",
        "по",
        "с",
        "со",
        "для",
        "في",
        "مع",
        "من",
        "عن",
        "على",
        "الى",
        "و",
    ]
)


@dataclass(frozen=True)
class Term:
    """Words of the question that mean something; `values` are records (any of them), models, years, or first and last year."""

    kind: str  # "partner", "country", "region", "year", "span" or "type"
    values: tuple
    start: int
    end: int
    others: tuple = ()  # records of another kind that are called the same


@dataclass(frozen=True)
class Understanding:
    """`words` is what is left to look for; `named` are records that the question names without being narrowed by them."""

    text: str
    terms: tuple = ()
    words: str = ""
    named: tuple = ()

    def without(self, *terms):
        """The text without the words of these terms."""
        text = self.text
        for term in sorted(terms, key=lambda term: -term.start):
            text = f"{text[: term.start]} {text[term.end :]}"
        return " ".join(text.split())


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    words: tuple


def understand(text, user):
    """An Understanding of the text. What stands in quotation marks, and what nobody is called, stays words."""
    text = (text or "")[:MAX_TEXT]
    phrases = quoted(text)
    read = [_Word(start, end, tuple(found)) for start, end, found in places(text)]
    free = [word for word in read if not any(start < word.start < end for start, end in phrases)][:MOST_PLACES]
    names = _names(_runs(free), user)
    terms, named, kept, at = [], [], set(), 0
    while at < len(free):
        term, length = _term(text, free, at, names, named, kept)
        terms += [term] if term else []
        at += length
    if not terms:
        return Understanding(text, (), text, tuple(named))
    left = Understanding(text, tuple(terms))
    joining = [
        Term("", (), word.start, word.end) for word in free if word not in kept and JOINING.issuperset(word.words)
    ]
    covered = [*terms, *(one for one in joining if not any(t.start <= one.start < t.end for t in terms))]
    rest = left.without(*covered)
    rest = rest if any(True for _place in places(rest)) else ""
    return Understanding(text, tuple(terms), rest, tuple(named))


def _term(text, free, at, names, named, kept):
    """The longest name that begins with the word, as a Term or None, and how many words it takes."""
    for length in range(min(LONGEST_NAME, len(free) - at), 0, -1):
        run = free[at : at + length]
        start, end = run[0].start, run[-1].end
        key = tuple(word for one in run for word in one.words)
        if length == 1 and (found := _year(text, run[0])):
            # A span takes its second year, too.
            return found, sum(word.start < found.end for word in free[at:])
        if length == 1 and JOINING.issuperset(key) and not (text[start:end].isupper() and not text.isupper()):
            continue
        if model := _types().get((get_language() or "en", key)):
            return Term("type", (model,), start, end), length
        senses = names.get(key, {})
        for model in (Country, Organization, Region):
            if model in senses and len(senses[model]) <= MOST_SENSES:
                others = [one for other in KINDS if other is not model for one in senses.get(other, ())]
                return Term(KINDS[model], tuple(senses[model]), start, end, tuple(others)), length
        if senses and length > 1:
            # The title of a project: its words belong together, whatever countries are in it.
            kept.update(run)
            named.extend(record for model, records in senses.items() if model not in KINDS for record in records[:1])
            return None, length
    return None, 1


def _year(text, word):
    """The year or the span of years that begins with the word, as a Term; not the year in “2019/4”."""
    if word.end - word.start != 4 or not word.words[0].isdecimal():
        return None
    if word.start and text[word.start - 1] in "-–/.":
        return None
    latest = timezone.localdate().year + 1
    if found := _SPAN.match(text, word.start):
        first, last = int(found[1]), int(found[2])
        return (
            Term("span", (first, last), word.start, found.end())
            if FIRST_YEAR <= first <= last <= date.max.year
            else None
        )
    if _JOINED.match(text, word.end):
        return None
    year = int(word.words[0])
    return Term("year", (year,), word.start, word.end) if FIRST_YEAR <= year <= latest else None


@cache
def _types():
    """{(language, words): model}: what each noun is called in the plural, in that language and in English."""
    from django.conf import settings

    found = {}
    for code, _name in settings.LANGUAGES:
        for spoken in ("en", code):
            with override(spoken):
                for subject in subjects():
                    found[code, _key(str(subject.model._meta.verbose_name_plural))] = subject.model
    return found


def _runs(free):
    """The words of each run of neighbours that may be a name."""
    return {
        tuple(word for one in free[at : at + length] for word in one.words)
        for at in range(len(free))
        for length in range(1, min(LONGEST_NAME, len(free) - at) + 1)
    }


def _names(runs, user):
    """{words of a name: {model: records}} of what the user may see and what has exactly this name."""
    known = {subject.number: subject for subject in subjects() if subject.is_name}
    if not runs:
        return {}
    asked = Question([[((fingerprint(run),), False) for run in sorted(runs)]])
    found = {}
    for number, pk in storage.of(connection).named(connection, list(known), asked, MOST_NAMED):
        found.setdefault(number, []).append(pk)
    senses = {}
    for number, ids in found.items():
        subject = known[number]
        for record in subject.load(subject.model.objects.visible_to(user).filter(pk__in=ids).order_by("pk")):
            for key in {_key(name) for name in _called(subject, record)} & runs:
                senses.setdefault(key, {}).setdefault(subject.model, []).append(record)
    return senses


def _called(subject, record):
    """The names by which a question may mean it. A place's codes are not among them: “in” is not India."""
    if subject.model in (Country, Region):
        return {record.name_en, record.name}
    return [piece if isinstance(piece, str) else piece[0] for piece in subject.title(record)]


def _key(name):
    return tuple(words(fold(strip_tags(name))))
