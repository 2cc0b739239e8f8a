"""The register's own kinds of work, in the order in which they are shown."""

from partnerships.models import Agreement, Contribution, Event, Funder, Indicator, Organization, Person, Project

from .agreements import ENDING, Due, Overdue
from .answers import ANSWERS, SentBack
from .files import MISSING
from .proof import UNPROVED
from .reviews import reviews_of
from .task import register


def register_nouns():
    register(*ANSWERS, *ENDING, Overdue(), Due(), *UNPROVED, *MISSING)
    for model in (Agreement, Organization, Project, Contribution, Funder, Event, Person, Indicator):
        register(*reviews_of(model), SentBack(model))
