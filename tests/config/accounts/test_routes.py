"""Every account page × method × person answers with the status that the checked-in table says, and none is missing."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from config.accounts.urls import urlpatterns
from tests.factories import make_user

TABLE = Path(__file__).with_name("routes.txt")
METHODS = ("GET", "POST", "PUT", "DELETE")
PEOPLE = ("visitor", "staff", "unproved")
FILLED = {"<user:uidb36>-<key>": "1-abc", "<int:pk>": "1", "<slug:provider_id>": "sso"}


def table():
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    return {(line[0], line[1]): tuple(map(int, line[2:])) for line in lines}


def test_every_route_is_in_the_table_and_nothing_else():
    routes = [str(pattern.pattern) for pattern in urlpatterns]
    assert len(set(routes)) == len(routes)
    assert {route for route, _method in table()} == set(routes)
    assert {method for _route, method in table()} == set(METHODS)


@pytest.mark.django_db
def test_every_page_answers_each_person_as_the_table_says(settings):
    user = make_user("staff")
    expected, wrong = table(), []
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        address = f"/accounts/{route}"
        for place, value in FILLED.items():
            address = address.replace(place, value)
        for method in METHODS:
            statuses = []
            for person in PEOPLE:
                settings.REQUIRE_SECOND_FACTOR = person == "unproved"
                client = Client()
                cache.clear()  # nobody is asked to wait
                if person != "visitor":
                    client.force_login(user)
                answer = client.generic(method, address)
                assert answer.status_code != 200 or "no-store" in answer["Cache-Control"], address
                statuses.append(answer.status_code)
            if expected.get((route, method)) != tuple(statuses):
                wrong.append(f"{route:<38} {method:<7} {'     '.join(map(str, statuses))}")
    assert not wrong, "\n".join(wrong)


def test_the_pages_of_an_account_are_no_more_than_these():
    """What allauth offers besides (signing up, addresses, ties to other accounts) is not routed."""
    from django.urls import NoReverseMatch, reverse

    for name in ("account_signup", "account_email", "socialaccount_connections", "socialaccount_signup"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
