"""Where one word runs into the next, and what a row of names looks like.

Nothing here knows a single organisation: only the shape of the letters is looked at, and the small words that open
sentences or stand inside names.
"""

import re

_MAX_WORD, _MAX_ROW = 80, 200

# Words that open a sentence far more often than they continue a name.
_OPENING_WORDS = """
    A About Across After Against All Along Also Although Among An And Any Around As At Because Before Being
    Between Both But By Despite Due During Each Earlier Every Few First Following For From Given Half He Her Here
    His How However I If In Including Instead Into It Its Last Later Many Most Mr Mrs Ms Much No Not Now On Once
    One Only Other Our Out Over Recent Recently She Since So Some Such That The Their Then There These They This
    Those Through Throughout Thus To Today Together Tomorrow Two Under Until Upon We What When Where Which While
    Who Why With Within Without Yesterday You Your
"""
_OPENERS = frozenset(_OPENING_WORDS.split())

# Small words that stand inside names, in the languages that names come from.
_NAME_WORDS = """
    a al and at by courtesy da de del den der des di do du e el et for in la las le les los of on og or per the to
    und van via von with y zu
"""
_PARTICLES = frozenset(_NAME_WORDS.split())
WORD = re.compile(r"[^\W\d_]+")

# After these a capital goes on with the same name: McDonald, DiCaprio, LinkedIn.
_NAME_PREFIX = re.compile(r"\b(?:Mc|Mac|De|Di|La|Le|Fitz|Van|Linked)$")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Mr|Ms|Mrs|Dr|Prof|St|Sr|Jr|H\.E|Gen|Col|Amb|M)\.$")


def glue_points(text: str, limit: int = _MAX_ROW) -> list[int]:
    """Return the positions where a capitalised word begins straight after the end of another word."""
    points = []
    for i in range(1, min(len(text) - 1, limit)):
        left, here, right = text[i - 1], text[i], text[i + 1]
        if not here.isupper() or not (right.islower() or (right == " " and left.islower())):
            continue
        # A plural or a possessive is no new word: NGOs, UNVs.
        if right == "s" and not text[i + 2 : i + 3].isalpha() and not opener_at(text, i):
            continue
        # Two capitals end an acronym; one is enough (HaT) where the next word opens a sentence for sure.
        acronym = i > 1 and left.isupper() and (text[i - 2].isupper() or (text[i - 2].islower() and opener_at(text, i)))
        if (left.islower() or left.isdigit() or left in ")”" or acronym) and not _is_name_prefix(text, i):
            points.append(i)
    return points


def _is_name_prefix(text: str, position: int) -> bool:
    return bool(_NAME_PREFIX.search(text[max(0, position - 7) : position]))


def opener_at(text: str, position: int) -> bool:
    """Tell whether the word that begins here is one that opens sentences."""
    word = WORD.match(text, position)
    return bool(word) and word.group() in _OPENERS


def is_name_row(text: str) -> bool:
    """Tell a row of names, with the small words between them, from prose."""
    words = text.replace("/", " ").split()
    if not words or len(text) > _MAX_ROW:
        return False
    for index, word in enumerate(words):
        bare = word.strip("“”‘’\"'()[],;:&|-–—")
        if word.endswith((".", "!", "?")) and not _ABBREVIATION.search(word) and index < len(words) - 1:
            return False
        # A capital inside makes a name of it all the same: iStock, eLearning Africa.
        if bare and bare.islower() and bare not in _PARTICLES:
            return False
    return bool(re.search(r"[^\W_]", text))


def run_together(text: str) -> list[str]:
    """Return the places, as words, where a sentence runs into the next one without a space or a full stop."""
    return [
        word
        for word in text.split()
        if len(word) <= _MAX_WORD
        and any(word[point - 1].islower() and opener_at(word, point) for point in glue_points(word))
    ]
