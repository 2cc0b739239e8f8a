"""security.txt, as RFC 9116 asks: a contact, and a day in less than a year until which it holds."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

ADDRESS = "/.well-known/security.txt"


def test_it_says_whom_to_tell(client, db, settings):
    settings.SECURITY_CONTACT = "mailto:security@register.example"
    answer = client.get(ADDRESS)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields.pop("Contact") == "mailto:security@register.example"
    expires = datetime.fromisoformat(fields.pop("Expires"))
    assert timedelta(days=150) < expires - timezone.now() < timedelta(days=365)
    assert fields == {
        "Preferred-Languages": "ar, zh, en, fr, ru, es",
        "Canonical": f"http://testserver{ADDRESS}",
    }


@pytest.mark.parametrize("method", ["get", "head"])
def test_without_a_contact_there_is_none(client, db, settings, method):
    settings.SECURITY_CONTACT = ""
    assert getattr(client, method)(ADDRESS).status_code == 404
