"""The sentence that says what a list shows: “17 stories about Niger, 2019 to 2020”."""

from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.money import figure, locale

from .question import say

# How each filter is said. A noun overrides what it means otherwise; what is not listed is said as “label: value”.
PHRASES = {
    "q": gettext_lazy("matching “%s”"),
    "partner": gettext_lazy("with %s"),
    "partner_all": gettext_lazy("with all of %s"),
    "country": gettext_lazy("in %s"),
    "region": gettext_lazy("in %s"),
    "year": gettext_lazy("in %s"),
    "span": gettext_lazy("%s"),
}
BESIDE_THE_NOUN = ("q", "partner", "partner_all", "country", "region")
UNSAID = ("ordering", "year_from", "year_to")


def counted(count, model):
    """“1 story”, “17 stories”."""
    meta = model._meta
    return f"{figure(count)} {meta.verbose_name if count == 1 else meta.verbose_name_plural}"


def sentence(filterset, count, phrases):
    """What the list shows, in words. `phrases` are the noun's own."""
    said = {**PHRASES, **phrases}
    asked = {name: value for name, value in filterset.form.cleaned_data.items() if value not in (None, "", [])}
    words = [counted(count, filterset.queryset.model)]
    words += [_say(filterset, name, asked[name], said) for name in BESIDE_THE_NOUN if name in asked]
    head = " ".join(words)
    rest = [
        _say(filterset, name, value, said)
        for name, value in asked.items()
        if name not in BESIDE_THE_NOUN and name not in UNSAID
    ]
    if span := _span(asked.get("year_from"), asked.get("year_to")):
        rest.append(said["span"] % span)
    return ", ".join([head, *rest])


def _say(filterset, name, meaning, said):
    values = meaning if isinstance(meaning, list) else [meaning]
    style = "standard" if name == "partner_all" else "or"
    words = format_list([say(filterset, name, value) for value in values], style=style, locale=locale())
    if name in said:
        return said[name] % words
    return f"{filterset.filters[name].label}: {words}"


def _span(first, last):
    if first and last:
        years = {"first": first[0], "last": last[0]}
        return _("%(first)s to %(last)s") % years if first != last else str(first[0])
    if first:
        return _("%s and later") % first[0]
    return _("%s and earlier") % last[0] if last else ""
