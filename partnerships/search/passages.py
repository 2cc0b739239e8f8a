"""Where in a record's texts the words of a question stand, for marking them: by the index's own rules of what a word is."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from .analysis import acronyms, is_cjk, places, stem, strip_tags, units
from .index import subject_of
from .query import STEM, ask

WIDTH = 240  # letters of a passage
BEFORE = 60  # of them, at most so many before the first hit
MOST_LETTERS = 100_000


@dataclass(frozen=True)
class Found:
    """The title with its hits marked, and a passage with hits of another text of the record, or ""; both are safe HTML."""

    title: str
    passage: str
    language: str  # of the passage


def passages(records, text):
    """{id: Found} of these records, a queryset of one noun through the gate. Reads the texts that were indexed, and no more."""
    subject, matcher = subject_of(records.model), Matcher(ask(text))
    return {record.pk: _found(subject, record, matcher) for record in subject.load(records)}


def _found(subject, record, matcher):
    language = subject.language(record)
    shown = str(record)
    title = _marked(shown, matcher.marks(shown, language), 0, len(shown))
    pieces = [*subject.body(record), *(piece for piece in subject.title(record) if _text(piece) != shown)]
    best = (0, "", language)
    for piece in pieces:
        spoken = language if isinstance(piece, str) else piece[1]
        plain = " ".join(strip_tags(_text(piece) or "")[:MOST_LETTERS].split())
        hits = matcher.marks(plain, spoken)
        if hits and (worth := len({clause for *_place, clause in hits})) > best[0]:
            best = worth, _passage(plain, hits), spoken
    return Found(title, *best[1:])


def _text(piece):
    return piece if isinstance(piece, str) else piece[0]


def _passage(text, hits):
    """The part of the text with hits of most clauses, the first of equals; whole words of it."""
    first = max(
        hits, key=lambda hit: (len({c for s, e, c in hits if hit[0] <= s and e <= hit[0] + WIDTH - BEFORE}), -hit[0])
    )
    start = max(0, first[0] - BEFORE)
    sentence = max(text.rfind(mark, start, first[0]) for mark in (". ", "! ", "? ", "؟ ", "。"))
    if sentence >= 0:
        start = sentence + 1 + (text[sentence + 1 : sentence + 2] == " ")
    elif start:
        space = text.find(" ", start, first[0])
        start = space + 1 if space >= 0 else start
    end = min(len(text), max(start + WIDTH, first[1]))
    if end < len(text):
        space = text.rfind(" ", first[1], end)
        end = space if space > 0 else end
    return format_html(
        "{}{}{}", "… " if start else "", _marked(text, hits, start, end), " …" if end < len(text) else ""
    )


def _marked(text, hits, start, end):
    """The text from `start` to `end`, escaped, with its hits in <mark>."""
    pieces, at = [], start
    for first, last, _clause in hits:
        if at <= first and last <= end:
            pieces += [format_html("{}", text[at:first]), format_html("<mark>{}</mark>", text[first:last])]
            at = last
    return format_html("{}{}", mark_safe("".join(pieces)), text[at:end])


class Matcher:
    """A Question, for finding its words in a text as the index does."""

    def __init__(self, question):
        self.clauses = question.clauses
        self.stems, self.wholes, self.beginnings, self.phrases = {}, {}, [], []
        for number, clause in enumerate(question.clauses):
            for tokens, is_beginning in clause:
                if len(tokens) > 1 or (is_cjk(tokens[0]) and not is_beginning):
                    self.phrases.append((tokens, number))
                elif tokens[0].startswith(STEM):
                    self.stems.setdefault(tokens[0][len(STEM) :], number)
                elif is_beginning:
                    self.beginnings.append((tokens[0], number))
                else:
                    self.wholes.setdefault(tokens[0], number)

    def marks(self, text, language):
        """(start, end, number of the clause) of each hit, in their order; none overlaps the next."""
        kept, tokens, found = acronyms(text), [], []
        for start, end, read in places(text):
            for word in read:
                if is_cjk(word):
                    tokens += _units(text[start:end], word, start, end)
                else:
                    tokens.append((word, start, end))
                    number = self._of_word(word, word if word in kept else stem(word, language))
                    if number is not None:
                        found.append((start, end, number))
        for sought, number in self.phrases:
            found += _side_by_side(tokens, sought, number)
        for beginning, number in self.beginnings:
            if is_cjk(beginning):
                found += [(start, start + 1, number) for token, start, _e in tokens if token.startswith(beginning)]
        return list(_apart(sorted(found)))

    def _of_word(self, word, stemmed):
        if (number := self.wholes.get(word, self.stems.get(stemmed))) is not None:
            return number
        return next((number for beginning, number in self.beginnings if word.startswith(beginning)), None)


def _units(written, run, start, end):
    """The tokens of a run of Chinese characters with their places; a run that folding made longer is one place."""
    if len(written) != len(run):
        return [(token, start, end) for token in units(run)]
    return [(token, start + at, start + at + len(token)) for at, token in enumerate(units(run))]


def _side_by_side(tokens, sought, number):
    for at, (token, start, _end) in enumerate(tokens[: len(tokens) - len(sought) + 1]):
        if token == sought[0] and tuple(one for one, _s, _e in tokens[at : at + len(sought)]) == sought:
            yield start, tokens[at + len(sought) - 1][2], number


def _apart(found):
    """Hits without those that overlap one before them; what begins within one prolongs it."""
    last = None
    for hit in found:
        if last and hit[0] < last[1]:
            last = (last[0], max(last[1], hit[1]), last[2])
        else:
            if last:
                yield last
            last = hit
    if last:
        yield last
