"""Rows edited on their record's page: labelled, and locked together with the record."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.forms import PartialDateForm
from partnerships.models import Record
from partnerships.publication import may_change

from .dated import DatedColumns
from .fields import DeskFields
from .looked_at import LookedAtAdmin
from .proposing import proposing


def label_row(form, index, noun):
    """Name each input for those who hear the page: a table's heads are not tied to the inputs below them."""
    row = _("new") if index is None else index + 1
    for name, field in form.fields.items():
        words = _("Delete") if name == "DELETE" else field.label or name
        # A widget with links beside it keeps its input inside.
        widget = getattr(field.widget, "widget", field.widget)
        widget.attrs["aria-label"] = _("%(field)s, %(noun)s %(row)s") % {"field": words, "noun": noun, "row": row}
    return form


class LabelledRows:
    """For the formset of an inline."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        label_row(form, index, self.model._meta.verbose_name)


class LabelledFormSet(LabelledRows, admin.TabularInline.formset):
    pass


class LockedWithRecord:
    """Rows are part of their record: whoever may not change the record may not change them."""

    def _open(self, request, obj):
        open_to_all = not isinstance(obj, Record) or obj._state.adding
        return open_to_all or may_change(request.user, obj) or proposing(request, obj)

    def has_add_permission(self, request, obj):
        return self._open(request, obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._open(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._open(request, obj) and super().has_delete_permission(request, obj)


class PartInline(LockedWithRecord, DeskFields, DatedColumns, admin.TabularInline):
    """Rows that belong to the record: parties, offices, measurements."""

    form = PartialDateForm
    formset = LabelledFormSet
    extra = 0
    blank = 0  # rows that a new record's form holds ready, where it nearly always has some

    def get_extra(self, request, obj=None, **kwargs):
        return self.blank if obj is None else self.extra

    def history_of(self, record):
        """The historical rows of this record's parts."""
        key = self.fk_name or next(
            field.name
            for field in self.opts.fields
            if field.remote_field and field.remote_field.model is self.parent_model
        )
        return self.model.history.filter(**{f"{key}_id": record.pk})


class PartAdmin(DatedColumns, LookedAtAdmin):
    """Rows that can be searched for and looked at, while they are edited on their record's page only."""
