"""Search: one analyser, one narrow table, and the same answers on SQLite and PostgreSQL.

`register` says what is indexed for a model, `matching_ids` filters a queryset, `ranked`, `understand`, `passages`, `named_like` and
`corrections` serve the site search.
"""

from django.db import connection

from . import storage
from .index import VERSION, rebuild, refresh, register, subject_of, years_between
from .naming import named_like
from .passages import passages
from .query import ask
from .ranking import Hit, Ranking, matching, ranked
from .spelling import corrections
from .understanding import Term, Understanding, understand

__all__ = [
    "VERSION",
    "Hit",
    "Ranking",
    "Term",
    "Understanding",
    "ask",
    "corrections",
    "expression",
    "matching",
    "matching_ids",
    "named_like",
    "passages",
    "ranked",
    "rebuild",
    "refresh",
    "register",
    "subject_of",
    "understand",
    "years_between",
]


def expression(question):
    """What a Question asks of the column `words` on PostgreSQL, as an SQL expression and its parameters."""
    return storage.PostgreSQL.expression(question)


def matching_ids(model, text):
    """What `filter(pk__in=...)` needs to find the records of this model in which the text occurs.

    Never an error, whatever the text: blank text finds every record, and text without a letter or digit none.
    """
    subject, question = subject_of(model), ask(text)
    if question.blank:
        return model._base_manager.values("pk")
    return storage.of(connection).matching(subject.number, question) if question.clauses else []
