"""Forms for records whose dates say how exact they are: one text box writes the date and its precision."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.models import ModelFormMetaclass
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .dates import Dated, PartialDate

HOW_TO_WRITE = _("What is known: 2013, 2013-05, 2013-05-21, or ../2013-05-21 for “by that day”.")


class PartialDateField(forms.CharField):
    """Reads `2013`, `2013-05`, `2013-05-21` or `../2013-05-21` into a PartialDate; an empty box is None."""

    def __init__(self, *, last=False, **kwargs):
        # 13 characters are the longest form; a few more let a slip be seen and named instead of cut off.
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "partial-date", "size": 13, "autocomplete": "off"}))
        super().__init__(max_length=40, empty_value=None, **kwargs)
        self.last = last

    def prepare_value(self, value):
        return value.isoformat() if isinstance(value, PartialDate) else value

    def to_python(self, value):
        if isinstance(value, PartialDate):
            return value
        text = super().to_python(value)
        if text is None:
            return None
        try:
            return PartialDate.parse(text, self.last)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def run_validators(self, value):
        # The validators of a CharField measure text; this value has been read already.
        return None


def dated_fields(model):
    """One form field for each Dated descriptor of the model, by its name."""
    found = {}
    for kind in model.__mro__:
        for name, descriptor in vars(kind).items():
            if isinstance(descriptor, Dated):
                column = model._meta.get_field(f"{name}_on")
                found[name] = PartialDateField(
                    last=descriptor.last,
                    required=not column.blank,
                    label=capfirst(column.verbose_name),
                    help_text=column.help_text or _("A year, a month or a day, such as 2013-05-21."),
                )
    return found


class PartialDateMetaclass(ModelFormMetaclass):
    """Puts one box in the place of each pair of columns, whichever fields the form was asked for."""

    def __new__(mcs, name, bases, attrs, **kwargs):
        meta = attrs.get("Meta") or next((base.Meta for base in bases if hasattr(base, "Meta")), None)
        boxes = dated_fields(meta.model) if getattr(meta, "model", None) else {}
        for box, field in boxes.items():
            attrs.setdefault(box, field)
        made = super().__new__(mcs, name, bases, attrs, **kwargs)
        for box in boxes:
            made.base_fields.pop(f"{box}_on", None)
            made.base_fields.pop(f"{box}_on_precision", None)
        made.date_names = [box for box in boxes if box in made.base_fields]
        # The admin reads labels from here when it shows a field that cannot be changed.
        made._meta.labels = {**(made._meta.labels or {}), **{box: boxes[box].label for box in made.date_names}}
        return made


class PartialDateForm(forms.ModelForm, metaclass=PartialDateMetaclass):
    """A model form with one box for each date. Errors of the two columns appear at their box."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.date_names:
            self.initial.setdefault(name, getattr(self.instance, name))

    def _post_clean(self):
        for name in self.date_names:
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
        super()._post_clean()

    def _get_validation_exclusions(self):
        # The columns are not fields of this form, yet what was typed for them must meet the model's constraints.
        exclude = super()._get_validation_exclusions()
        for name in self.date_names:
            if name not in self._errors:
                exclude -= {f"{name}_on", f"{name}_on_precision"}
        return exclude

    def _update_errors(self, errors):
        if hasattr(errors, "error_dict"):
            boxes = {f"{name}_on{end}": name for name in self.date_names for end in ("", "_precision")}
            moved = {}
            for field, found in errors.error_dict.items():
                # An error of a column that this form does not show would otherwise be a server error.
                at = boxes.get(field, field if field in self.fields else NON_FIELD_ERRORS)
                moved.setdefault(at, []).extend(found)
            errors = ValidationError(moved)
        super()._update_errors(errors)
