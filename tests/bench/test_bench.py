"""The benchmark's register is valid and always the same, and its three systems answer alike."""

import hashlib
import os
import subprocess
import sys

import pytest
from django.db import connection
from django.test import Client, override_settings

from partnerships.models import Agreement, Contribution, Funder, Organization, Participation, Project
from stories.models import NewsItem

from . import raw
from .generate import EVERYWHERE, Register
from .loading import load
from .questions import CONCORD, PLAIN, RAW, SYSTEMS, TITLES, choose, gist

STORIES = 300


def fingerprint(seed):
    made = Register(STORIES, list(range(1, 250)), seed)
    return {
        model._meta.db_table: hashlib.sha256(repr(list(rows)).encode()).hexdigest()
        for model, _names, rows in made.tables()
    }


def test_the_plain_system_starts():
    """With settings of its own, which none of the other tests uses."""
    start = "import django; django.setup(); from tests.bench.plain import wsgi"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.bench.plain.settings", "SECRET_KEY": "x" * 50}
    subprocess.run([sys.executable, "-c", start], check=True, env=environment)


def test_a_seed_makes_the_same_register_every_time():
    first, other = fingerprint(1), fingerprint(2)
    assert first == fingerprint(1)
    assert {table for table in first if first[table] == other[table]} == set()


def ask(system, path):
    if system == RAW:
        with connection.cursor() as cursor:

            def rows(sql, values):
                cursor.execute(sql, values)
                return cursor.fetchall()

            return b"".join(raw.answer(path, connection.vendor, rows)[1])
    urls = {CONCORD: "config.urls", PLAIN: "tests.bench.plain.urls"}[system]
    with override_settings(ROOT_URLCONF=urls):
        response = Client().get(path)
        assert response.status_code == 200, (path, response.content)
        return b"".join(response) if response.streaming else response.content


@pytest.mark.django_db
def test_the_register_is_valid_and_three_systems_say_the_same_of_it():
    load(STORIES)

    for model in (Organization, Funder, Agreement, Project, Participation, Contribution, NewsItem):
        samples = model.objects.order_by("pk")[:: max(1, model.objects.count() // 5)]
        for record in samples:
            record.full_clean()
    assert set(NewsItem.objects.values_list("state", flat=True)) == {"published"}
    share = NewsItem.objects.filter(organizations=EVERYWHERE).count() / STORIES
    assert 0.15 < share < 0.25

    questions = choose(samples=8)
    assert list(questions) == list(TITLES)
    for name, asked in questions.items():
        found_something = set()
        for question in asked:
            gists = {system: gist(name, system, ask(system, path)) for system, path in question.paths.items()}
            assert gists == dict.fromkeys(SYSTEMS, gists[RAW]), question
            found_something.add(gists[RAW] not in ([], (0, [])))
        assert True in found_something, f"{name} was asked in vain"
    assert len(gist("q6", RAW, ask(RAW, "/q6"))) == STORIES
    assert Organization.objects.create(name="The next one", slug="next", type="40").pk > 5
