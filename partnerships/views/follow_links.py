"""Where a list can be followed: its feeds and its calendar, with the list's own question."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from .question import address

MEDIA_TYPES = {"Atom": "application/atom+xml", "RSS": "application/rss+xml", "iCalendar": "text/calendar"}


@dataclass(frozen=True)
class Following:
    """One way to follow a list; `kind` is “Atom”, “RSS” or “iCalendar”."""

    kind: str
    address: str

    @property
    def media_type(self):
        return MEDIA_TYPES[self.kind]


def following(model, asked):
    """The ways that this noun has; `asked` are the pairs of the question."""
    question = address(asked) if asked else ""
    routes = (("Atom", "feed", ["atom"]), ("RSS", "feed", ["rss"]), ("iCalendar", "calendar", []))
    for kind, route, args in routes:
        try:
            path = reverse(f"{model._meta.app_label}:{model.noun}-{route}", args=args)
        except NoReverseMatch:
            continue  # countries and regions have no changes to tell, and most nouns no days for a calendar
        yield Following(kind, path + question)
