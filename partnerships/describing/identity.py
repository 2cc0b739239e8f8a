"""Names of records that outlast their addresses, for feeds (RFC 4151) and calendars (RFC 7986)."""

from django.conf import settings

# A tag names its owner on a day; the day must never change, or every reader would see every entry anew.
SINCE = "2026"


def authority():
    """The register's own name: the first host by which it may be reached, whichever was asked for."""
    host = settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else ""
    return host.strip("[].*").replace(":", "-") or "localhost"


def tag_of(record):
    """“tag:register.example.org,2026:agreement/12”: the same in every language and after a change of address."""
    return f"tag:{authority()},{SINCE}:{record.noun}/{record.pk}"


def uid_of(record, what):
    """“agreement-12-ends@register.example.org”; a calendar tells by it that it has this entry already."""
    return f"{record._meta.model_name}-{record.pk}-{what}@{authority()}"
