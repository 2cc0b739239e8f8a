"""The site search: the best hits of all nouns, and the nearest names when there are none."""

import difflib
from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, Count, F, IntegerField, Value, When, Window

from . import storage
from .analysis import fold, words
from .index import subjects
from .query import ask, ask_for_whole

WHOLE_NAME, IN_TITLE, IN_BODY = 3, 2, 1
MAX_NAMES = 2_000


@dataclass(frozen=True)
class Hit:
    model: type
    pk: int
    score: int  # WHOLE_NAME, IN_TITLE or IN_BODY


@dataclass(frozen=True)
class Ranking:
    hits: list  # the best ones, no more than asked for
    counts: dict  # model -> how many there are in all, for every noun in its order


def ranked(text, user, limit=50, models=None):
    """A Ranking of what this user may see: whole names first, then hits in titles, then in texts; then by noun and date.

    One statement for each noun. Blank text finds nothing here. `models` narrows the nouns.
    """
    question, whole = ask(text), ask_for_whole(text)
    chosen = [subject for subject in subjects() if models is None or subject.model in models]
    counts, hits = {subject.model: 0 for subject in chosen}, []
    if not question.clauses:
        return Ranking(hits, counts)
    matching = storage.of(connection).matching
    for subject in chosen:
        levels = Case(
            When(pk__in=matching(subject.number, whole, title_only=True), then=Value(WHOLE_NAME)),
            When(pk__in=matching(subject.number, question, title_only=True), then=Value(IN_TITLE)),
            default=Value(IN_BODY),
            output_field=IntegerField(),
        )
        found = (
            subject.model.objects.visible_to(user)
            .filter(pk__in=matching(subject.number, question, all_hits=True))
            .annotate(score=levels, total=Window(Count("*")))
            .order_by(F("score").desc(), *subject.order)
            .values_list("pk", "score", "total")
        )
        for pk, score, total in found[: max(limit, 1)]:
            hits.append(Hit(subject.model, pk, score))
            counts[subject.model] = total
    # Sorting keeps the order of equals, which is that of the nouns, and of each noun's own list.
    return Ranking(sorted(hits, key=lambda hit: -hit.score)[:limit], counts)


@dataclass(frozen=True)
class Suggestion:
    model: type
    pk: int
    name: str


def suggest(word, user, limit=5):
    """The names most like this one of records that the user may see, best first: "did you mean".

    At most MAX_NAMES names of each noun are compared, as a whole and word by word; accents and case do not count.
    """
    wanted = _bare(word[:80]) if word else ""
    if len(wanted) < 2:
        return []
    wholes, parts = {}, {}  # what is compared -> the first record so called
    for subject in subjects():
        if subject.names:
            rows = subject.model.objects.visible_to(user).order_by("pk").values_list("pk", *subject.names)
            for pk, *names in rows[:MAX_NAMES]:
                for name in filter(None, names):
                    suggestion = Suggestion(subject.model, pk, name)
                    wholes.setdefault(_bare(name), suggestion)
                    for part in _bare(name).split():
                        parts.setdefault(part, suggestion)
    compared = parts | wholes
    best = {}
    # Several words of one name may be close, so more are taken than are asked for.
    for text in difflib.get_close_matches(wanted, compared, n=max(limit, 1) * 3, cutoff=0.7):
        best.setdefault((compared[text].model, compared[text].pk), compared[text])
    return list(best.values())[:limit]


def _bare(name):
    return " ".join(words(fold(name)))
