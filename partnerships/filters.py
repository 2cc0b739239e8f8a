"""How a question's words are read: repeated values, names instead of numbers, and an answer to every typing error.

A value that cannot be one is an error that names it and offers the nearest right one. Nothing is ignored in silence: a
filter that is dropped returns everything, and looks like an answer.
"""

from datetime import date
from difflib import get_close_matches

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_VALUES = 50
ONCE = _("This can be given once. With two values, one would be ignored.")


def refusal(message, suggestion=None, code="invalid"):
    """A ValidationError for one parameter; its `suggestion` is the value or name that was probably meant, or None."""
    error = ValidationError(message + (" " + _("Did you mean “%s”?") % suggestion if suggestion else ""), code=code)
    error.suggestion = suggestion
    return error


def nearest(word, candidates):
    """The candidate that is most like the word, or None."""
    by_folded = {str(candidate).casefold(): candidate for candidate in candidates}
    word = str(word).casefold()
    found = get_close_matches(word, [one for one in by_folded if is_a_slip(word, one)], n=1, cutoff=0)
    # For longer ways, difflib; on its own it thinks that “singing” is nothing like “signing”.
    found = found if found and len(word) > 2 else get_close_matches(word, by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def is_a_slip(one, other):
    """Whether one letter more, less or other, or two neighbours in the wrong order, make one word of the other."""
    start = _same_letters(one, other)
    one, other = one[start:], other[start:]
    end = _same_letters(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    return max(len(one), len(other)) <= 1 or (len(one) == 2 and one == other[::-1])


def _same_letters(one, other):
    """How many letters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


class RepeatedInput(forms.TextInput):
    """Reads every value that a parameter was given, without the empty ones that forms send."""

    def value_from_datadict(self, data, files, name):
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        values = [values] if isinstance(values, str) else values
        return [str(value).strip() for value in values if str(value).strip()]


class RepeatedField(forms.Field):
    """A field whose value is a list; each subclass says in `read` what one word means."""

    widget = RepeatedInput
    most = MOST_VALUES

    def clean(self, value):
        if len(value) > self.most:
            raise refusal(_("At most %s values are possible here.") % self.most if self.most > 1 else ONCE)
        return [self.read(word) for word in value]


class RecordField(RepeatedField):
    """Reads slugs, ids, ISO codes, acronyms or former names into records that the user may see."""

    def __init__(self, queryset, user, **kwargs):
        super().__init__(**kwargs)
        self.queryset = queryset
        self.user = user

    def read(self, word):
        if "\0" in word:
            raise refusal(_("A value cannot contain the NUL character."))
        visible = self.queryset.visible_to(self.user)
        for phrase in ("at", "named", "once_at"):
            if find := getattr(visible, phrase, None):
                found = list(find(word)[:2])
                if len(found) == 1:
                    return found[0]
                if found:
                    raise refusal(
                        _("“%s” names several records. Use the address of one of them.") % word, found[0].slug
                    )
        name = self.queryset.model._meta.verbose_name
        raise refusal(
            _("“%(word)s” is no %(name)s of the register.") % {"word": word, "name": name}, self.nearest(word)
        )

    def nearest(self, word):
        """The address of the visible record whose address or acronym is most like the word."""
        if len(word) < 3:
            return None  # a code of two letters is one letter away from many others
        visible = self.queryset.visible_to(self.user)
        if hasattr(self.queryset.model, "acronym"):
            slugs = {name: slug for slug, acronym in visible.values_list("slug", "acronym") for name in (slug, acronym)}
        elif hasattr(self.queryset.model, "alpha2"):
            slugs = {name: row[0] for row in visible.values_list("alpha2", "alpha3", "slug", "name_en") for name in row}
        else:
            slugs = {slug: slug for slug in visible.values_list("slug", flat=True)}
        slugs.pop("", None)
        return slugs.get(nearest(word, slugs))


class ChoicesField(RepeatedField):
    """Reads words of a fixed list."""

    def __init__(self, choices, **kwargs):
        super().__init__(**kwargs)
        self.choices = choices

    def read(self, word):
        values = [str(value) for value in self.choices.values]
        if word in values:
            return word
        labels = {str(label): str(value) for value, label in self.choices.choices}
        suggestion = nearest(word, values) or labels.get(nearest(word, labels))
        message = _("“%(word)s” is not possible here. Possible are: %(values)s.")
        raise refusal(message % {"word": word, "values": ", ".join(values)}, suggestion)


class YearField(RepeatedField):
    def __init__(self, single=False, **kwargs):
        super().__init__(**kwargs)
        self.most = 1 if single else MOST_VALUES

    def read(self, word):
        if not (word.isascii() and word.isdecimal() and len(word) == 4 and int(word) > 0):
            raise refusal(_("“%s” is not a year. Write four digits, such as 2019.") % word)
        return int(word)


class GoalField(RepeatedField):
    def read(self, word):
        if not (word.isascii() and word.isdecimal() and 1 <= int(word[:4]) <= 17):
            raise refusal(_("“%s” is not a Sustainable Development Goal. They are numbered 1 to 17.") % word)
        return int(word)


class FlagField(forms.Field):
    """`true` or `false`."""

    widget = forms.TextInput

    def clean(self, value):
        match (value or "").strip().casefold():
            case "":
                return None
            case "true" | "1" | "yes" | "on":
                return True
            case "false" | "0" | "no":
                return False
        raise refusal(_("“%s” is neither true nor false.") % value)


class OrderingField(forms.Field):
    """Keys that lists may be sorted by, several with commas between them, each with a minus to turn it round."""

    widget = forms.TextInput

    def __init__(self, keys, **kwargs):
        super().__init__(**kwargs)
        self.keys = keys

    def clean(self, value):
        words = [word.strip() for word in (value or "").split(",") if word.strip()]
        if len(words) > MOST_VALUES:
            raise refusal(_("At most %s values are possible here.") % MOST_VALUES)
        for word in words:
            if word.removeprefix("-") not in self.keys:
                message = _(
                    "Lists are not sorted by “%(word)s”. Possible are: %(keys)s; a minus before one turns it round."
                )
                keys = ", ".join(self.keys)
                # Answers call their dates `signed_on` or `starts_on`; every list is sorted by them as `date`.
                date_key = "date" if word.endswith("_on") and "date" in self.keys else None
                raise refusal(
                    message % {"word": word, "keys": keys}, date_key or nearest(word.removeprefix("-"), self.keys)
                )
        return words


class TextField(forms.CharField):
    def clean(self, value):
        if value and "\0" in value:
            raise refusal(_("A value cannot contain the NUL character."))
        return super().clean(value)


class FieldFilter(django_filters.Filter):
    """A filter that hands its own keyword arguments to its form field."""

    def field_for(self, user):
        """The form field that reads its values. Fields keep nothing between questions, so one serves them all."""
        return self.field


class TextFilter(FieldFilter):
    field_class = TextField


class RecordFilter(FieldFilter):
    """`partner=fifa`, `country=NE`: records named by slug, id or another name of theirs."""

    field_class = RecordField

    def __init__(self, model, **kwargs):
        super().__init__(**kwargs)
        self.target = model

    def field_for(self, user):
        # Built anew for each question: what can be named depends on who asks.
        return RecordField(self.target.objects.all(), user, required=False)


class ChoicesFilter(FieldFilter):
    field_class = ChoicesField

    def __init__(self, choices, **kwargs):
        super().__init__(choices=choices, **kwargs)


class YearFilter(FieldFilter):
    field_class = YearField


class GoalFilter(FieldFilter):
    field_class = GoalField


class FlagFilter(FieldFilter):
    field_class = FlagField


class OrderingFilter(FieldFilter):
    field_class = OrderingField

    def __init__(self, keys, **kwargs):
        super().__init__(keys=keys, **kwargs)


class QuestionForm(forms.Form):
    """Reads the parameters that were sent, and refuses those that nobody knows.

    `fields` are those of the question, not all that there are: a noun knows some sixty parameters, a question has three.
    """

    def __init__(self, data, fields, known):
        super().__init__(data)
        self.fields = fields
        self.known = known

    def clean(self):
        for name in self.data:
            if name not in self.known:
                message = _("There is no parameter “%s”.") % name
                self.refuse(name, refusal(message, nearest(name, self.known), code="unknown"))
            elif self.is_repeated(name) and not isinstance(self.fields.get(name), RepeatedField):
                self.refuse(name, refusal(ONCE))
        first, last = self.cleaned_data.get("year_from"), self.cleaned_data.get("year_to")
        if first and last and first > last:
            self.refuse("year_to", refusal(_("The span ends before it begins.")))
        partners = ("partner", "partner_all", "partner__n")
        partnered = any(self.cleaned_data.get(name) or name in self._errors for name in partners)
        if self.cleaned_data.get("role") and not partnered:
            self.refuse("role", refusal(_("A role narrows “partner”. Say whose role it is, such as partner=eu.")))
        return super().clean()

    def is_repeated(self, name):
        return hasattr(self.data, "getlist") and len(self.data.getlist(name)) > 1

    def refuse(self, name, error):
        """Like add_error, which knows only the form's own fields."""
        self.cleaned_data.pop(name, None)
        self._errors[name] = self.error_class(error.error_list)


def year_span(first, last):
    """The first and the last day of these years; either may be None for an open side."""
    return date(first or 1, 1, 1), date(last or 9999, 12, 31)
