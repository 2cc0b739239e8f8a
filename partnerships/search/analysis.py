"""Text to words: the one analyser, for what is indexed and for what is asked, so that both databases see the same words."""

import functools
import html
import re
import threading
import unicodedata

import snowballstemmer

MAX_WORD = 40  # Letters; what is longer is cut, in the index and in the question alike.

_TAG = re.compile(r"<(?:[/?]?[a-zA-Z]|!)[^<>]*>")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʹ′´`＇‛", "'"))
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
# Letters that Unicode does not take apart into a base and an accent.
_LETTERS = dict(
    zip("øłđðħıŧæœþ", ("o", "l", "d", "d", "h", "i", "t", "ae", "oe", "th"), strict=True), **dict.fromkeys("ـʿʾ", "")
)
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+(?:'[^\W_{_CJK}]+)*")
# What stands within a word without parting it: accents that are characters of their own, and what nobody sees.
_WITHIN = "\u0300-\u036f\u0483-\u0487\u0610-\u061a\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff"
_APOSTROPHE = "'’‘ʼʹ′´`＇‛"
_CJK_WORD = re.compile(f"[{_CJK}]")
# U.N. is one word; two Chinese characters with a point between them are two.
_INITIALS = rf"(?<![\w.])[^\W\d_{_CJK}](?:\.[^\W\d_{_CJK}])+(?!\w)"
_DOTTED = re.compile(_INITIALS)
_PLACE = re.compile(
    rf"[{_CJK}]+"
    rf"|{_INITIALS}(?:[{_APOSTROPHE}]+[^\W_{_CJK}]+)*"
    rf"|[^\W_{_CJK}](?:[{_APOSTROPHE}]*[^\W_{_CJK}]|[{_WITHIN}])*"
)
_ELISION = re.compile(r"^(?:qu|[cdjlmst])'")
_ARTICLE = re.compile("^(?:[وفبك]?ال|لل)(?=.{3})")
_ACRONYM = re.compile(r"\b[A-Z]{2,5}\b")
_STEMMERS = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic"}
LATIN = ("en", "fr", "es")


class _Folding(dict):
    """A translation table that learns each character when it meets it."""

    def __missing__(self, code):
        character = chr(code)
        # Format characters (soft hyphens, joiners, direction marks) are not seen, so they must not split a word.
        if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
            folded = ""
        elif character.isdecimal():
            folded = str(unicodedata.decimal(character))
        else:
            folded = _LETTERS.get(character, character)
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text):
    """The text in lower case, without accents, with straight quotes, and with digits 0 to 9."""
    text = text.translate(_APOSTROPHES).translate(_QUOTES)
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    # The Russian й is a letter of its own, on which the stems of adjectives depend; ё is commonly written е.
    text = text.replace("и\u0306", "й").translate(_FOLDING)
    return unicodedata.normalize("NFC", text)


def strip_tags(text):
    """The text between the tags. For the index only: in a question, "<b>" is what somebody typed."""
    return html.unescape(_TAG.sub(" ", text))


def words(folded):
    """The words of a folded text. A run of Chinese or Japanese characters comes as one; see `units`."""
    folded = _DOTTED.sub(lambda found: found[0].replace(".", ""), folded)
    for word in _WORD.findall(folded):
        if "'" in word:
            # l'Union is found as Union and UNODC's as UNODC, while N'Djamena and Ndjamena are one word.
            yield _ELISION.sub("", word).removesuffix("'s").replace("'", "")[:MAX_WORD]
        else:
            yield word if is_cjk(word) else word[:MAX_WORD]


def places(text):
    """(start, end, words) of each stretch of a text as it was written that the index would see as words."""
    for found in _PLACE.finditer(text):
        if read := list(words(fold(found[0]))):
            yield found.start(), found.end(), read


def quoted(text):
    """(start, end) of each pair of quotation marks; the last one alone opens nothing."""
    marks = [place for place, letter in enumerate(text.translate(_QUOTES)) if letter == '"']
    return list(zip(marks[::2], marks[1::2], strict=False))


def is_cjk(word):
    return word[0] >= "\u3040" and _CJK_WORD.match(word) is not None


def units(run):
    """A run of characters as overlapping pairs, and its last character, so that a single one is found everywhere."""
    return [*(run[at : at + 2] for at in range(len(run) - 1)), run[-1]]


def acronyms(text):
    """The words that stand in capitals in a text which otherwise does not, folded: AIDS is not the plural of aid."""
    return set() if text.isupper() else {word.lower() for word in _ACRONYM.findall(text)}


def stem(word, language):
    """The stem of a folded word; its script decides, and for the Latin script the language (English if not known)."""
    if "\u0400" <= word[0] <= "\u04ff":
        language = "ru"
    elif "\u0600" <= word[0] <= "\u06ff":
        language = "ar"
        # The stemmer takes endings off nouns with an article which it leaves on those without.
        word = _ARTICLE.sub("", word)
    elif language not in LATIN:
        language = "en"
    return _stem(word, language)


def stems(word):
    """Every stem that a word of a question can have: nobody says in which language they ask."""
    return dict.fromkeys([stem(word, language) for language in LATIN] + [word])


@functools.lru_cache(maxsize=100_000)
def _stem(word, language):
    # A stemmer keeps its state in itself, and requests run in threads.
    with _LOCK:
        return _stemmer(language).stemWord(word) or word


@functools.cache
def _stemmer(language):
    return snowballstemmer.stemmer(_STEMMERS[language])


_LOCK = threading.Lock()
