"""What may have been meant: words of the register that are a slip or two away from those that were typed.

Nearby words are ranges of the index, never all of its words. They may be those of a draft, so that whoever offers one
asks first whether it finds anything for this reader.
"""

from django.db import connection

from . import storage
from .analysis import fold, is_cjk, places

MOST_WORDS = 6  # of a question that are put right
MOST_CANDIDATES = 3  # for each word
SHORTEST = 3
ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي")


def corrections(text):
    """Texts in which words are replaced by near ones of the index, the likeliest first; each differs from the text."""
    read = [(start, end, words[0]) for start, end, words in places(text) if len(words) == 1 and _can_be_wrong(words[0])]
    read = read[:MOST_WORDS]
    if not read:
        return []
    asked = {word for _start, _end, word in read}
    beginnings = sorted({word[:2] for word in asked})
    whole = sorted({near for word in asked for near in _with_another_beginning(word)})
    known = storage.of(connection).words_near(connection, beginnings, whole)
    nearest = {word: _nearest(word, known) for word in asked}
    # A right word beside a wrong one stays, if that helps; a right one may be the wrong one, too.
    unknown = [one for one in read if not any(other.startswith(one[2]) for other in known)]
    found = [_put_right(text, words, nearest, rank) for words in (unknown, read) for rank in range(MOST_CANDIDATES)]
    return [one for one in dict.fromkeys(found) if fold(one) != fold(text)]


def _put_right(text, words, nearest, rank):
    """The text with each of these words replaced by its candidate of that rank, or by its last."""
    for start, end, word in reversed(words):
        if candidates := nearest[word]:
            near = candidates[min(rank, len(candidates) - 1)]
            written = text[start:end]
            near = near.upper() if written.isupper() else near.capitalize() if written[0].isupper() else near
            text = text[:start] + near + text[end:]
    return text


def distance(one, other, most):
    """How many letters are to be added, left out, replaced or exchanged with a neighbour; more than `most` is `most + 1`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, last = None, list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, counterpart in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != counterpart))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == counterpart:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return last[-1]


def _can_be_wrong(word):
    return len(word) >= SHORTEST and not is_cjk(word) and not word.isdecimal()


def _nearest(word, known):
    """The nearest of the known words, best first: fewest slips, then the same beginning and length."""
    most = 1 if len(word) < 5 else 2
    ranked = [
        (slips, other[0] != word[0], abs(len(other) - len(word)), other)
        for other in known
        if other != word and len(other) >= SHORTEST - 1 and (slips := distance(word, other, most)) <= most
    ]
    return [other for *_rank, other in sorted(ranked)[:MOST_CANDIDATES]]


def _with_another_beginning(word):
    """The words that one slip in the first two letters could have made this one of."""
    letters = next((alphabet for alphabet in ALPHABETS if word[0] in alphabet), "")
    yield word[1:]
    yield word[0] + word[2:]
    yield word[1] + word[0] + word[2:]
    yield word[0] + word[2] + word[1] + word[3:]
    for letter in letters:
        yield letter + word
        yield letter + word[1:]
        yield word[0] + letter + word[1:]
        yield word[0] + letter + word[2:]
