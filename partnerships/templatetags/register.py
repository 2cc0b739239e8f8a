"""How the register's values are written on a page: money, dates, names in their language, and small figures."""

from datetime import datetime

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeData, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from partnerships import money, results, wording
from partnerships.dates import PartialDate, Precision
from partnerships.models.geography import LANGUAGES, Place

register = template.Library()
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
register.filter("figure", money.figure)
register.filter("percentage", money.percentage)
register.filter("result_picture", results.picture)
register.filter("result_sentence", results.sentence)


@register.simple_tag
def amount(contribution):
    """“EUR 6.5 million”, with the exact figure as its value and on hover; an unknown amount is said as unknown."""
    if contribution.amount is None:
        words = _("in kind") if contribution.in_kind else _("amount not stated")
        return format_html('<span class="unknown">{}</span>', words)
    exact = money.exact(contribution.amount, contribution.currency)
    short = money.rounded(contribution.amount, contribution.currency)
    return format_html('<data value="{}" title="{}">{}</data>', contribution.amount, exact, short)


@register.simple_tag
def exact_amount(contribution):
    return money.exact(contribution.amount, contribution.currency) if contribution.amount is not None else ""


@register.filter
def dated(partial):
    """A PartialDate as a <time>, or "" for none; “by 9 June 2020” is no time that machines know, so it stays words."""
    if not partial:
        return ""
    if partial.precision == Precision.BY:
        return str(partial)
    return format_html('<time datetime="{}">{}</time>', partial.isoformat(), partial)


@register.filter
def known_by(partial, on):
    """What was done by that day; None for what was done only later. Without a day, everything is known."""
    return None if partial and on and partial.day > on else partial


@register.filter
def period(record):
    """The span of an agreement, project, event, office or story, in words."""
    match getattr(record, "noun", ""):
        case "agreement":
            return wording.span(record.effective, record.terminated or record.ends)
        case "project":
            return wording.span(record.starts, record.ends)
        case "event":
            return wording.span(record.starts, record.ends or record.starts)
        case "story":
            return wording.span(record.event_start, record.event_end or record.event_start)
    if record.held_from and record.held_from.precision == Precision.BY:
        return pgettext("an office", "known %s") % wording.span(record.held_from, record.held_to)
    return wording.span(record.held_from, record.held_to)


register.simple_tag(wording.status_line, name="status_line")


@register.filter
def row_template(record):
    return f"_components/rows/{record.noun}.html"


@register.filter
def first_upper(text):
    """The text with a capital first letter; what is marked up already stays as it is."""
    return text if isinstance(text, SafeData) else capfirst(str(text))


@register.filter
def in_language(text, language):
    """A text with its language and direction, where it is not the page's own."""
    if not text or not language or language.split("-")[0] == get_language().split("-")[0]:
        return text
    direction = "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"
    return format_html('<span lang="{}" dir="{}">{}</span>', language, direction, text)


@register.filter
def as_written(text):
    """What somebody wrote at the desk, marked as English where the page is not: titles, names, notes."""
    return in_language(text, settings.LANGUAGE_CODE)


@register.filter
def other_names(place):
    """A place's names in the other official languages of the United Nations, each marked as such."""
    pairs = [(language, place.names[language]) for language in LANGUAGES if place.names[language] != place.name]
    unique = {name: language for language, name in reversed(pairs)}
    return [in_language(name, language) for name, language in reversed(unique.items())]


@register.filter
def named(record):
    """The record's name. Places have one in each language; all other names are as they were written at the desk."""
    if isinstance(record, Place):
        return record.name
    return in_language(str(record), getattr(record, "language", "") or settings.LANGUAGE_CODE)


@register.filter
def row_title(record):
    """The same for a row of a list; among the hits of a search, with the words that were looked for marked."""
    found = getattr(record, "found", None)
    if isinstance(record, Place):
        return found.title if found else record.name
    return in_language(found.title if found else str(record), getattr(record, "language", "") or settings.LANGUAGE_CODE)


@register.filter
def named_short(record):
    """Its acronym or short title where it has one."""
    return as_written(getattr(record, "short_name", "") or getattr(record, "short_title", "")) or named(record)


@register.filter
def links(records):
    """Records as links to their pages, with commas between them."""
    found = [format_html('<a href="{}">{}</a>', one.get_absolute_url(), named_short(one)) for one in records if one]
    return separate(*found)


@register.filter
def names(records, most=5):
    """Their short names, each once; of many, the first ones and how many more there are."""
    found = list(dict.fromkeys(named_short(one) for one in records if one))
    if len(found) <= most + 1:
        return separate(*found)
    text = _("%(names)s and %(count)s more") % {"names": "{}", "count": len(found) - most}
    return format_html(text, separate(*found[:most]))


@register.simple_tag
def separate(*items):
    """What there is of these, with commas between them as the language writes them."""
    return mark_safe(wording.separated(conditional_escape(item) for item in items if item))


@register.simple_tag
def separator():
    return wording.separated(["", ""])


@register.filter
def noun_below(meta, count):
    """What stands below a large number: “stories”."""
    return wording.noun_below(count, meta.model.noun)


@register.filter
def of_each(rows, attribute):
    """The related record of each row: `agreement.parties.all|of_each:"organization"`."""
    return [getattr(row, attribute) for row in rows]


@register.filter
def measured(measurement):
    """“more than 1,600”."""
    value = money.figure(measurement.value)
    return _("more than %s") % value if measurement.at_least else value


@register.filter
def key_figures(indicator):
    """Its baseline, target and latest actual figure, as far as there are any."""
    return [one for one in (indicator.baseline, indicator.target, indicator.actual) if one]


@register.filter
def in_time(indicator):
    """All its measurements, the oldest first."""
    return list(reversed(indicator.measurements.all()))


@register.filter
def add_pixels(value, pixels):
    """An SVG number that no locale can spoil."""
    return f"{float(value) + float(pixels):g}"


@register.filter
def listed(titles):
    """Headings as a list within a sentence: “events, people and contributions”."""
    return format_list([str(title)[:1].lower() + str(title)[1:] for title in titles], locale=money.locale())


@register.filter
def bare_address(url):
    """An address as people write it: without its scheme and the slash at its end."""
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/")


@register.filter
def language_name(code):
    """The name of a language in the language of the page; the code itself where nobody knows it."""
    try:
        return Locale.parse(code, sep="-").get_display_name(money.locale())
    except (ValueError, UnknownLocaleError):
        return code


@register.filter
def verbose_name(record):
    return record._meta.verbose_name


@register.simple_tag
def used(name):
    """When a name was used."""
    return wording.span(name.used_from, name.used_to)


@register.simple_tag
def today():
    return str(PartialDate(timezone.localdate()))


@register.filter
def day(moment):
    """A day, or the day of a moment, as a <time>."""
    return dated(_day_of(moment))


@register.filter
def plain_day(moment):
    """The same as text, for attributes and drawings."""
    return str(_day_of(moment))


def _day_of(moment):
    return PartialDate(timezone.localtime(moment).date() if isinstance(moment, datetime) else moment)


@register.simple_tag
def unstated(contributions):
    """“2 of these 5 contributions state no amount.”, or ""."""
    return wording.unstated(sum(one.amount is None for one in contributions), len(contributions))
