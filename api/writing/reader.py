"""Reads bodies for one request: who writes, what was wrong, and which records were named."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnerships.filters import RecordField, refusal
from partnerships.models import Country, Goal, Region

from .refusals import Refusals

LONGEST = 120


def way_to_name(model):
    """How a link may name a record of this kind: in words, by which names of an object, and as what kinds of value."""
    if model is Goal:
        return _("its number"), ["number"], (int,)
    if model in (Country, Region):
        return _("its slug or code"), ["slug"], (str,)
    return _("its slug or id"), ["id", "slug"], (int, str)


class Reader:
    """`user` decides which records can be named: nobody links to what they may not see."""

    def __init__(self, user, reason=""):
        self.user = user
        self.reason = reason
        self.refusals = Refusals()
        self.known = {}

    def attempt(self, read, *args):
        """A list with what `read` returns; an empty one after noting what it refused."""
        try:
            return [read(*args)]
        except ValidationError as error:
            self.refusals.add(error)
            return []

    def sign(self, instance):
        """Write into the history of this change who made it, and with which token."""
        instance._history_user, instance._change_reason = self.user, self.reason

    def record(self, model, raw):
        """The record that a link names. Raises ValidationError with the nearest one if there is none."""
        how, names, kinds = way_to_name(model)
        words = [raw[name] for name in names if raw.get(name) is not None] if isinstance(raw, dict) else [raw]
        if not words or any(type(word) not in kinds for word in words):
            message = _("Name the %(name)s by %(how)s.")
            raise refusal(message % {"name": model._meta.verbose_name, "how": how})
        found = self.find(model, words[0])
        if words[1:] and found.slug != words[1]:
            message = _("Number %(id)s has the address “%(slug)s” today. Name it by one of them.")
            raise refusal(message % {"id": found.pk, "slug": found.slug})
        return found

    def find(self, model, word):
        if (model, word) not in self.known:
            self.known[model, word] = self.look_up(model, word)
        return self.known[model, word]

    def look_up(self, model, word):
        found, suggestion = None, None
        if model is Goal:
            found = Goal.objects.filter(number=word).first() if 0 < word < 100 else None
        elif len(str(word)) <= LONGEST:
            visible = model.objects.visible_to(self.user)
            found = visible.at(word).first()
            if found is None and isinstance(word, str):
                suggestion = RecordField(visible, self.user).nearest(word)
        if found is None:
            message = _("“%(word)s” is no %(name)s of the register.")
            raise refusal(message % {"word": str(word)[:LONGEST], "name": model._meta.verbose_name}, suggestion)
        return found

    def forget(self, record):
        """The record is gone: nothing later in the request may link to it."""
        self.known = {key: found for key, found in self.known.items() if found != record}
