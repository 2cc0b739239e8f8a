"""How a test works at the desk: addresses, and the fields that a browser would post."""

from django.forms import ModelMultipleChoiceField
from django.urls import reverse


def address(record_or_model, page, *args):
    meta = record_or_model._meta
    args = args or ([record_or_model.pk] if page in ("change", "history", "delete") else [])
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def posted(response):
    """The fields of the form on this page with the values they hold, as a browser would send them back."""
    context = response.context
    data = {}
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for name in form.fields:
            bound = form[name]
            value = bound.value()
            if value is None and isinstance(bound.field, ModelMultipleChoiceField):
                continue  # a browser sends nothing for an empty selection
            value = "" if value is None else bound.field.prepare_value(value)
            if value is True:
                data[bound.html_name] = "on"
            elif isinstance(value, (list, tuple)):
                data[bound.html_name] = [str(getattr(one, "pk", one)) for one in value]
            elif value is not False:
                data[bound.html_name] = str(value)
    return data


def row(prefix, number, **values):
    """The fields of one inline row."""
    return {f"{prefix}-{number}-{name}": value for name, value in values.items()}


def rows(prefix, *given):
    """Those of several new rows, with what Django needs to count them."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(given)), f"{prefix}-INITIAL_FORMS": "0"}
    for number, values in enumerate(given):
        data |= row(prefix, number, **values)
    return data


def errors(response):
    """Every error on the page, in one text."""
    return " ".join(map(str, response.context["errors"])) if response.context and "errors" in response.context else ""
