"""What is wrong with a body: every error with its place, such as `parties.0.organization`, and all of them at once."""

from contextlib import contextmanager

from django.core.exceptions import NON_FIELD_ERRORS

from api.errors import BadQuestion

WHOLE = "record"  # the place of what is wrong with the record as a whole
# Nobody reads more, and finding what was meant costs more than finding that something is wrong.
MOST_ERRORS = 100
LONGEST_NAME = 120


class BadBody(BadQuestion):
    """The body cannot be written. `errors` are of the same shape as those of a question's parameters."""

    default_detail = "Nothing was written. Each error names its place in what was sent."


class Refusals:
    """Collects errors while a body is read; `at` says where the reading is."""

    def __init__(self):
        self.found = {}
        self.place = ()

    @contextmanager
    def at(self, *steps):
        before, self.place = self.place, (*self.place, *map(str, steps))
        try:
            yield
        finally:
            self.place = before

    def add(self, error, name=""):
        """Note a ValidationError here, or at the field `name` of what is here. Raises BadBody with the hundredth."""
        place = ".".join((*self.place, name[:LONGEST_NAME]) if name else self.place) or WHOLE
        self.found.setdefault(place, []).append(error)
        if self.count >= MOST_ERRORS:
            self.raise_any()

    def add_from_model(self, error, names):
        """Note what a model's full_clean() found; `names` maps its fields to their names in the body."""
        for field, errors in error.error_dict.items():
            name = "" if field == NON_FIELD_ERRORS else names.get(field, field)
            for one in errors:
                self.add(one, name)

    @property
    def any(self):
        return bool(self.found)

    @property
    def count(self):
        """How many errors there are."""
        return sum(map(len, self.found.values()))

    def raise_any(self):
        if self.found:
            raise BadBody(self.found)

    def listed(self):
        """The errors as a problem document lists them."""
        return BadBody(self.found).errors
