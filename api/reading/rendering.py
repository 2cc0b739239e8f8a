"""Rendering records as a visitor gets them, with marks where the host and the organizations' names go."""

import json
import re
import secrets
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils import timezone, translation
from rest_framework.utils import encoders

from api.links import ROOT, Links
from partnerships.models import Agreement, Organization, Project

ORGANIZATION, HOST = "\x01", "\x02"
FOREVER = date(9999, 12, 31)

# While a record is rendered the marks must be ordinary text that nobody can have written into a title.
_NONCE = secrets.token_hex(16)
_ORGANIZATION = re.compile(rf'"{_NONCE}-(\d+)"')


class CardLinks(Links):
    """Addresses on a host that is not known yet, and organizations by their number."""

    def __init__(self):
        self.root = _NONCE

    def brief(self, record):
        return f"{_NONCE}-{record.pk}" if isinstance(record, Organization) else super().brief(record)


class Visitor:
    """What serializers and querysets need to know of a visitor's request."""

    user = AnonymousUser()
    query_params = QueryDict()
    method = "GET"
    META = {ROOT: _NONCE}


def viewset_of(model):
    """The noun's viewset, as if a visitor had asked."""
    from api.urls import NOUNS

    view = next(viewset for viewset in NOUNS.values() if viewset.model is model)()
    view.request = Visitor()
    view.format_kwarg = None
    return view


def queryset_of(model, form):
    """The visible records with all that the row (0) or the detail (1) reads."""
    view = viewset_of(model)
    return (view.with_record if form else view.with_rows)(view.get_queryset())


def render(model, form, ids):
    """{id: (text, the first day on which the text may be wrong)} of those that a visitor may see."""
    view = viewset_of(model)
    view.action = "retrieve" if form else "list"
    serializer = view.get_serializer_class()(context={**view.get_serializer_context(), "links": CardLinks()})
    today = timezone.localdate()
    # A card is kept for everybody: it must not take the language of the page in whose request it is rendered.
    with translation.override(settings.LANGUAGE_CODE):
        return {
            record.pk: (marked(serializer.to_representation(record)), good_until(record, today))
            for record in queryset_of(model, form).filter(pk__in=ids)
        }


def marked(data):
    text = dumps(data)
    return _ORGANIZATION.sub(rf"{ORGANIZATION}\1{ORGANIZATION}", text).replace(_NONCE, HOST)


def dumps(data):
    """JSON as the ordinary way writes it (rest_framework.renderers.JSONRenderer)."""
    text = json.dumps(data, cls=encoders.JSONEncoder, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def good_until(record, today):
    """The first day after today on which the record's status is another one."""
    days = []
    if isinstance(record, Agreement):
        days = [record.signed_on, record.terminated_on, record.ends_on and record.ends_on + timedelta(1)]
        days += [one.effective.day for one in (record, *record.superseded_by.all()) if one.effective]
    elif isinstance(record, Project):
        days = [record.starts_on, record.ends_on and record.ends_on + timedelta(1)]
    return min((day for day in days if day and day > today), default=FOREVER)
