"""The amounts that stories name are kept as the stories stand."""

import importlib

import pytest
from django.apps import apps
from django.core.management import call_command

from stories.models import NamedAmount, NewsItem
from tests.factories import make_story

pytestmark = pytest.mark.django_db


def kept():
    return set(NamedAmount.objects.values_list("story__title", "written", "amount"))


def test_they_follow_the_text():
    story = make_story("Money", body="<p>EUR&nbsp;5 million, <b>USD 2</b> million.</p>")
    make_story("USD 1.5 million for harbours")
    harbours = ("USD 1.5 million for harbours", "USD 1.5 million", 1_500_000)
    assert kept() == {("Money", "EUR\u00a05 million", 5_000_000), ("Money", "USD 2 million", 2_000_000), harbours}
    story.body = "<p>Nothing is said of money.</p>"
    story.save()
    assert kept() == {harbours}
    NewsItem.objects.all().delete()
    assert kept() == set()


def test_what_was_loaded_otherwise_is_read_by_reindex_and_by_the_migration():
    make_story("Money", body="<p>EUR 5 million</p>")
    there = kept()
    NamedAmount.objects.all().delete()
    importlib.import_module("stories.migrations.0003_named_amount").read(apps, None)
    assert kept() == there
    NamedAmount.objects.all().delete()
    call_command("reindex", verbosity=0)
    assert kept() == there
