"""The sentence that says what a list shows: “17 stories about Niger, 2019 to 2020”."""

from babel.lists import format_list
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from partnerships.money import locale
from partnerships.wording import counted

from .question import labelled, say

# How each filter is said. A noun overrides what it means otherwise; what is not listed is said as “label: value”. The
# context tells translators what “%s” will be: few languages put every word behind the same preposition.
PHRASES = {
    "q": gettext_lazy("matching “%s”"),
    "partner": pgettext_lazy("partner", "with %s"),
    "partner_all": pgettext_lazy("partners", "with all of %s"),
    "country": pgettext_lazy("country", "in %s"),
    "region": pgettext_lazy("region", "in %s"),
    "year": pgettext_lazy("year", "in %s"),
    "span": pgettext_lazy("years", "%s"),
}
BESIDE_THE_NOUN = ("q", "partner", "partner_all", "country", "region")
ALL_OF_THEM = ("partner_all", "funder_only")  # repeated, they mean all of their values
UNSAID = ("ordering", "year_from", "year_to")


def sentence(filterset, count, phrases):
    """What the list shows, in words. `phrases` are the noun's own."""
    return _sentence(counted(count, filterset.queryset.model.noun), filterset, phrases)


def named(filterset, phrases):
    """The same without a count: “Stories about Niger, 2019 to 2020”."""
    return _sentence(capfirst(str(filterset.queryset.model._meta.verbose_name_plural)), filterset, phrases)


def _sentence(opening, filterset, phrases):
    said = {**PHRASES, **phrases}
    asked = {name: value for name, value in filterset.form.cleaned_data.items() if value not in (None, "", [])}
    told = opening
    for name in BESIDE_THE_NOUN:
        if name in asked:
            which = _say(filterset, name, asked[name], said)
            told = pgettext("a list and its filter", "%(what)s %(which)s") % {"what": told, "which": which}
    rest = [
        _say(filterset, name, value, said)
        for name, value in asked.items()
        if name not in BESIDE_THE_NOUN and name not in UNSAID
    ]
    if span := _span(asked.get("year_from"), asked.get("year_to")):
        rest.append(said["span"] % span)
    for which in rest:
        told = pgettext("a list and its filter", "%(what)s, %(which)s") % {"what": told, "which": which}
    return told


def _say(filterset, name, meaning, said):
    values = meaning if isinstance(meaning, list) else [meaning]
    style = "standard" if name in ALL_OF_THEM else "or"
    words = format_list([say(filterset, name, value) for value in values], style=style, locale=locale())
    if name in said:
        return said[name] % words
    return labelled(filterset.filters[name].label, words)


def _span(first, last):
    if first and last:
        years = {"first": first[0], "last": last[0]}
        return _("%(first)s to %(last)s") % years if first != last else str(first[0])
    if first:
        return _("%s and later") % first[0]
    return _("%s and earlier") % last[0] if last else ""
