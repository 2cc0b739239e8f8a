"""The words of one record, as they go into the index."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from .analysis import acronyms, fold, is_cjk, stem, strip_tags, units, words
from .query import STEM, YEAR, fingerprint

# Both databases must cut a very long text at the same place, and PostgreSQL's limits are the narrower ones:
# positions up to 16,383, 255 of them for a word, and a mebibyte for all words and stems of a record.
MAX_TOKENS = 16_000
MAX_PLACES = 255
MAX_BYTES = 250_000


@dataclass(frozen=True)
class Document:
    """Tokens in the order of the text, for phrases; and marks, which have no place: stems, whole names, and years."""

    title: tuple
    title_marks: frozenset
    body: tuple
    body_marks: frozenset
    listed_on: date | None  # the date that lists are sorted by, where the noun has one
    is_public: bool

    @classmethod
    def of(cls, subject, record):
        language = subject.language(record)
        budget = _Budget()
        title, title_marks = budget.spend(subject.title(record), language, whole=True)
        body, body_marks = budget.spend(subject.body(record), language)
        years = {f"{YEAR}{year}" for year in subject.years(record)}
        public = getattr(record, "is_public", True)
        return cls(title, title_marks, body, body_marks | years, getattr(record, "listed_on", None), public)


class _Budget:
    def __init__(self):
        self.tokens, self.bytes, self.places = MAX_TOKENS, MAX_BYTES, Counter()

    def spend(self, pieces, language, whole=False):
        """The tokens and marks of the texts, until the record's budget is spent."""
        tokens, marks = [], set()
        for piece in pieces:
            text, spoken = (piece, language) if isinstance(piece, str) else piece
            text = strip_tags(text)
            kept = acronyms(text)
            found = list(words(fold(text)))
            if whole and found:
                marks.add(fingerprint(found))
            seen = set()
            for word, token in self._within(found):
                tokens.append(token)
                seen.add(word)
            marks.update(STEM + (word if word in kept else stem(word, spoken)) for word in seen if not is_cjk(word))
            # A phrase must not begin in one text and end in the next.
            tokens.append(STEM)
        return tuple(tokens), frozenset(marks)

    def _within(self, found):
        """Each word with a token of it, until the budget is spent."""
        for word in found:
            for token in units(word) if is_cjk(word) else (word,):
                self.tokens -= 1
                self.bytes -= len(token.encode())
                if self.tokens < 0 or self.bytes < 0:
                    return
                self.places[token] += 1
                yield word, token if self.places[token] <= MAX_PLACES else STEM
