"""What somebody typed, as a question to either database. Whatever was typed, no operator of theirs survives.

A question is a list of clauses that must all hold; a clause is a list of alternatives, one of which must; an
alternative is a tuple of neighbouring tokens and whether the last one is only the beginning of a word.
"""

import hashlib
from dataclasses import dataclass, field

from .analysis import fold, is_cjk, stems, units, words

MAX_TEXT = 10_000
MAX_WORDS = 32
STEM = "·"  # Marks a stem in the index, so that a phrase meets words only; alone it parts what must not touch.
WHOLE = "¶"  # Marks the fingerprint of a whole name or title.
YEAR = "§"  # Marks a year that the record is about.


@dataclass(frozen=True)
class Question:
    clauses: list = field(default_factory=list)
    blank: bool = False  # Nothing was asked, which is not the same as nothing that could be found.

    def about(self, year):
        """The same question about records of this year, as the noun's `years` say."""
        return Question([*self.clauses, [((f"{YEAR}{year}",), False)]], self.blank)

    @property
    def has_phrase(self):
        return any(len(tokens) > 1 for clause in self.clauses for tokens, _prefix in clause)

    def fts5(self):
        """The question as a MATCH expression of SQLite FTS5."""
        return " AND ".join(
            "({})".format(
                " OR ".join('"{}"{}'.format(" ".join(tokens), "*" if prefix else "") for tokens, prefix in clause)
            )
            for clause in self.clauses
        )

    def tsquery(self):
        """The question as a PostgreSQL tsquery."""
        return " & ".join(
            "({})".format(
                " | ".join(
                    "({})".format(" <-> ".join(f"'{token}'" for token in tokens) + (":*" if prefix else ""))
                    for tokens, prefix in clause
                )
            )
            for clause in self.clauses
        )


def ask(text):
    """A Question for the text: its words in any order, "quoted words" as they stand, the last word as a beginning.

    A word that is followed by a space is complete, and so is one letter alone. What exceeds MAX_WORDS is not asked.
    """
    text = text or ""
    if not text.strip():
        return Question(blank=True)
    parts = fold(text[:MAX_TEXT]).split('"')
    if len(parts) % 2 == 0:
        # The last quotation mark opens nothing: somebody is still typing.
        parts[-2:] = [" ".join(parts[-2:])]
    clauses, left = [], MAX_WORDS
    for number, part in enumerate(parts):
        found = [word[:MAX_WORDS] if is_cjk(word) else word for word in words(part)][:left]
        left -= len(found)
        if number % 2:
            clauses += [[(_side_by_side(found), False)]] if found else []
            continue
        unfinished = number == len(parts) - 1 and part[-1:].isalnum()
        clauses += [_clause(word, unfinished and at == len(found)) for at, word in enumerate(found, 1)]
    return Question(clauses)


def ask_for_whole(text):
    """A Question for the records of which a name or the title is exactly this."""
    found = list(words(fold((text or "")[:MAX_TEXT])))
    return Question([[((fingerprint(found),), False)]] if found else [])


def fingerprint(found):
    return WHOLE + hashlib.blake2b(" ".join(found).encode(), digest_size=8).hexdigest()


def _clause(word, unfinished):
    if is_cjk(word):
        return [((word,), True)] if len(word) == 1 else [(_side_by_side([word]), False)]
    alternatives = [((STEM + stem,), False) for stem in stems(word)]
    # Only the word as typed is a beginning: the stem of "universal" begins "university" too.
    return [((word,), True), *alternatives] if unfinished and len(word) > 1 else alternatives


def _side_by_side(found):
    """The tokens of neighbouring words, as the index has them."""
    tokens = []
    for at, word in enumerate(found, 1):
        if not is_cjk(word):
            tokens.append(word)
        else:
            # The last character is followed by nothing in the index only where the run ends there.
            tokens += units(word)[:-1] if at == len(found) and len(word) > 1 else units(word)
    return tuple(tokens)
