"""What the API remembers while the register does not change: whole answers, and the figures that pages remember, too."""

from django.conf import settings

from partnerships.memory import Memory, figures, state_of

__all__ = ["Memory", "answers", "figures", "question_of", "state_of"]

answers = Memory(settings.API_MEMORY * 2**20)

OF_PAGES = ("page_size", "count", "facets", "ordering", "format", "fields", "omit", "expand")


def question_of(model, pairs):
    """A key for what a question in its normal form finds, whatever page of it is asked for."""
    return model, frozenset(pair for pair in pairs if pair[0] not in OF_PAGES)
