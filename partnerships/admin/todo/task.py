"""A kind of work, and how much of it there is."""

from django.db.models import CharField, Count, TextChoices, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships import ledger
from partnerships.memory import figures, state_of
from partnerships.publication import has_permission

_tasks = []


class Theme(TextChoices):
    """What a kind of work is about, in the order of the first page."""

    ANSWERS = "answers", _("Answers and decisions")
    TERMS = "terms", _("Agreements and commitments")
    PROOF = "proof", _("Evidence")
    ORDER = "order", _("Order in the register")
    REVIEW = "review", _("Drafts and reviews")


class Task:
    """Records of one noun that need the same thing done."""

    name = ""  # in the address of the noun's list: ?todo=ending-30
    model = None
    theme = None
    is_personal = False  # whether it finds other records for each user, or what the ledger does not follow
    title = ""  # the records, in words: "agreements that end within 30 days"

    def records(self, user):
        """The QuerySet of those that wait, for this user."""
        raise NotImplementedError

    def concerns(self, user):
        """Whether this user may see them."""
        return has_permission(user, "view", self.model)

    @property
    def address(self):
        """The list that shows them, and nothing else."""
        meta = self.model._meta
        return f"{reverse(f'admin:{meta.app_label}_{meta.model_name}_changelist')}?todo={self.name}"


def register(*tasks):
    _tasks.extend(tasks)


def tasks_of(model, user):
    """The tasks of one noun that concern this user, in the order in which they were registered."""
    return [task for task in _tasks if task.model is model and task.concerns(user)]


def waiting(user):
    """{task: how many records wait} of all tasks that concern this user, also those of which none do.

    What waits for everybody alike is counted once for each state of the register: a query for the state, and another after each change.
    """
    concerned = [task for task in _tasks if task.concerns(user)]
    common = [task for task in concerned if not task.is_personal]
    found = _count([task for task in concerned if task.is_personal], user)
    if common:
        state, key = state_of(ledger.head(user)), ("todo", *common)
        if (known := figures.get(state, key)) is None:
            known = figures.put(state, key, _count(common, user), size=len(common))
        found |= known
    return {task: found[task] for task in concerned}


def _count(tasks, user):
    """{task: how many records wait} in one query."""
    if not tasks:
        return {}
    first, *others = (_counted(number, task, user) for number, task in enumerate(tasks))
    found = dict(first.union(*others, all=True) if others else first)
    # A QuerySet that is known to be empty is not asked at all.
    return {task: found.get(str(number), 0) for number, task in enumerate(tasks)}


def _counted(number, task, user):
    """One row: the number of the task, and of its records."""
    named = task.records(user).order_by().annotate(task=Value(str(number), CharField())).values("task")
    return named.annotate(records=Count("pk")).values_list("task", "records")
