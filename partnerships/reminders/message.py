"""One person's reminders as a mail: in the person's language, as plain text and as HTML, with a calendar of the dates.

There is nothing in it that would be fetched from elsewhere: no image, no style sheet.
"""

from hashlib import sha256

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.admin.related import desk_address
from partnerships.dates import Precision
from partnerships.describing.dates import calendar_entry
from partnerships.describing.identity import authority
from partnerships.exports import ical
from partnerships.models import SentReminder


def absolute(path):
    """The address by which people reach this path: a command has no request that would say so."""
    return settings.SITE_URL + path


def compose(claimed):
    """The EmailMultiAlternatives of a Claim."""
    person, reminders = claimed.preferences.person, claimed.reminders
    with translation.override(language_of(claimed.preferences)):
        entries = [calendar_entry(one.record, absolute) for one in reminders if one.when.precision != Precision.BY]
        context = {
            "title": title(reminders),
            "sections": list(sections(reminders)),
            "has_calendar": bool(entries),
            "name": person.get_full_name() or person.get_username(),
            "preferences_address": absolute(reverse("admin:reminders")),
            "language": translation.get_language(),
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
        }
        mail = EmailMultiAlternatives(
            subject=f"Concord: {context['title']}",
            body=render_to_string("reminders/digest.txt", context),
            to=[person.email],
            headers={
                "Message-ID": message_id(person, reminders),
                "Content-Language": translation.get_language(),
                # Nobody's absence is answered to a register (RFC 3834).
                "Auto-Submitted": "auto-generated",
            },
        )
        mail.attach_alternative(render_to_string("reminders/digest.html", context), "text/html")
        if entries:
            mail.attach(
                "concord.ics", ical.calendar(_("Dates of agreements"), entries, context["language"]), "text/calendar"
            )
        return mail


def language_of(preferences):
    return preferences.language if preferences.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def title(reminders):
    """What the mail is about: the one date, or how many there are. In one line, as a subject must be."""
    if len(reminders) > 1:
        count = len(reminders)
        return ngettext("%(count)s date comes near", "%(count)s dates come near", count) % {"count": count}
    (reminder,) = reminders
    words = {"title": " ".join(name_of(reminder).split()), "date": reminder.when}
    if reminder.kind == SentReminder.Kind.AGREEMENT:
        return _("%(title)s, ends: %(date)s") % words
    return _("%(title)s, due: %(date)s") % words


def sections(reminders):
    """Agreements, then commitments, as far as there are any."""
    heads = {
        SentReminder.Kind.AGREEMENT: _("Agreements that end"),
        SentReminder.Kind.COMMITMENT: _("Commitments that are due"),
    }
    for kind, head in heads.items():
        if lines := [line(reminder) for reminder in reminders if reminder.kind == kind]:
            yield {"head": head, "lines": lines}


def line(reminder):
    record = reminder.record
    agreement = record if reminder.kind == SentReminder.Kind.AGREEMENT else record.agreement
    return {
        "name": name_of(reminder),
        "agreement": None if agreement is record else agreement,
        "when": reminder.when,
        "left": days_left(reminder.days_left),
        "is_near": reminder.days_left <= 7,
        "desk": absolute(desk_address(agreement)),
        "page": absolute(agreement.get_absolute_url()),
    }


def name_of(reminder):
    return str(reminder.record)


def days_left(days):
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("%(count)s day overdue", "%(count)s days overdue", -days) % {"count": -days}
    return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days}


def message_id(person, reminders):
    """The same for the same reminders: a mail that had to be sent again is known by it."""
    told = repr([person.pk, *(reminder.key for reminder in reminders)])
    return f"<reminders-{sha256(told.encode()).hexdigest()[:32]}@{authority()}>"
