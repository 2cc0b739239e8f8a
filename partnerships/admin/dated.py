"""Dates with their precision, in lists and in forms that cannot be changed."""

from django.contrib.admin.utils import display_for_value
from django.utils.translation import gettext_lazy as _

from partnerships.dates import DatedModel

NOTHING = "–"


def column(name, field):
    """A display function for one Dated descriptor, sorted by its day."""

    def show(record):
        return getattr(record, name) or NOTHING

    show.short_description = field.verbose_name
    show.admin_order_field = f"{name}_on"
    show.__name__ = name
    return show


class DatedColumns:
    """Gives an admin class (or an inline) one display method for each date of its model: `signed`, `ends`."""

    empty_value_display = NOTHING

    def __init__(self, *args):
        super().__init__(*args)
        if issubclass(self.model, DatedModel):
            for name in self.model.date_names():
                # A class may show a date in its own way.
                if not hasattr(self, name):
                    setattr(self, name, column(name, self.model._meta.get_field(f"{name}_on")))


def words(records, most=3):
    """A few records by their names, and how many more there are."""
    names = [getattr(record, "short_name", None) or str(record) for record in records]
    if len(names) > most:
        return _("%(some)s and %(rest)d more") % {"some": ", ".join(names[:most]), "rest": len(names) - most}
    return ", ".join(names) or display_for_value(None, NOTHING)
