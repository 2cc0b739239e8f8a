"""The cache that the server's processes share: its table comes with `migrate`, and is missed in words."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from config.accounts.checks import check_cache, check_second_factor, missing_tables

from .signing import sign_in


def tables():
    return connection.introspection.table_names()


@pytest.fixture
def without_table(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE cache")
    yield
    if "cache" not in tables():
        call_command("createcachetable", verbosity=0)


@pytest.mark.django_db
def test_it_is_there_and_large_enough_that_guesses_drive_out_none():
    assert "cache" in tables()
    assert missing_tables(["default"]) == []
    assert cache._max_entries == 100_000


def test_without_its_table_the_sign_in_says_what_to_do(without_table, client):
    answer = sign_in(client, "ada")
    assert answer.status_code == 503
    assert "<code>manage.py createcachetable</code>" in answer.content.decode()


def test_without_its_table_the_check_fails_and_the_command_mends_it(without_table):
    with pytest.raises(SystemCheckError, match=r"accounts\.E001"):
        call_command("check", databases=["default"])
    call_command("createcachetable", verbosity=0)
    assert check_cache(None, ["default"]) == []


def test_before_the_migration_the_check_lets_it_run(without_table):
    call_command("migrate", "accounts", "zero", skip_checks=True, fake=True, verbosity=0)
    assert check_cache(None, ["default"]) == []
    call_command("migrate", "accounts", verbosity=0)
    assert "cache" in tables()


def test_a_deployment_without_second_factors_is_warned(settings):
    settings.REQUIRE_SECOND_FACTOR = False
    assert [problem.id for problem in check_second_factor(None)] == ["accounts.W001"]
    settings.REQUIRE_SECOND_FACTOR = True
    assert check_second_factor(None) == []
