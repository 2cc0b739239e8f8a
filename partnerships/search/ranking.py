"""The site search: the best hits of all nouns."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, Count, F, IntegerField, Value, When, Window

from . import storage
from .index import subject_of, subjects
from .query import ask, ask_for_whole

WHOLE_NAME, IN_TITLE, IN_BODY = 3, 2, 1


@dataclass(frozen=True)
class Hit:
    model: type
    pk: int
    score: int  # WHOLE_NAME, IN_TITLE or IN_BODY


@dataclass(frozen=True)
class Ranking:
    hits: list  # the best ones, no more than asked for
    counts: dict  # model -> how many there are in all, for every noun in its order


def ranked(text, user, limit=50, records=None, shown=None):
    """A Ranking of what this user may see: whole names first, then hits in titles, then in texts; then by noun and date.

    One statement for each noun. `records` are the querysets by model, in the order of the nouns, that are searched, if not
    all that the user may see; then blank text finds all of them. Without it, blank text finds nothing. Hits are those of the models in `shown`, counts those of all.
    """
    question, whole = ask(text), ask_for_whole(text)
    searched = subjects() if records is None else [subject_of(model) for model in records]
    counts, hits = {subject.model: 0 for subject in searched}, []
    if not question.clauses and not (question.blank and records is not None):
        return Ranking(hits, counts)
    for subject in searched:
        narrowed = subject.model.objects.visible_to(user) if records is None else records[subject.model]
        found = (
            matching(narrowed, question)
            .annotate(score=_levels(subject, question, whole), total=Window(Count("*")))
            .order_by(F("score").desc(), *subject.order)
            .values_list("pk", "score", "total")
        )
        is_asked = shown is None or subject.model in shown
        for pk, score, total in found[: max(limit, 1) if is_asked else 1]:
            counts[subject.model] = total
            if is_asked:
                hits.append(Hit(subject.model, pk, score))
    # Sorting keeps the order of equals, which is that of the nouns, and of each noun's own list.
    return Ranking(sorted(hits, key=lambda hit: -hit.score)[:limit], counts)


def matching(records, question):
    """Those of the records in which the Question finds something; all of them if it asks for nothing."""
    if question.blank:
        return records
    number = subject_of(records.model).number
    return records.filter(pk__in=storage.of(connection).matching(number, question, all_hits=True))


def _levels(subject, question, whole):
    if question.blank:
        return Value(IN_BODY, output_field=IntegerField())
    within = storage.of(connection).matching
    return Case(
        When(pk__in=within(subject.number, whole, title_only=True), then=Value(WHOLE_NAME)),
        When(pk__in=within(subject.number, question, title_only=True), then=Value(IN_TITLE)),
        default=Value(IN_BODY),
        output_field=IntegerField(),
    )
