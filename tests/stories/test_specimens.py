"""The demo's own document and picture: made once, and shown."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from partnerships.models import Document
from stories.demo.specimens import AGREEMENT, CREDIT, add_specimens
from stories.models import NewsItem, StoryImage
from tests.demo import load_demo
from tests.partnerships.files.samples import picture, upload

pytestmark = pytest.mark.django_db


def test_they_are_made_once_and_shown():
    load_demo()
    # What is remembered of another test has their rows, and its files are gone.
    Document.objects.all().delete()
    StoryImage.objects.update(key=None, renditions=[])
    assert add_specimens() == 2
    [document], [image] = Document.objects.all(), StoryImage.objects.exclude(key=None)
    before = (document.file.name, document.sha256, image.key, image.renditions)
    assert (document.agreement.slug, image.credit) == (AGREEMENT, CREDIT)
    assert add_specimens() == 0
    said = StringIO()
    call_command("load_demo", stdout=said)
    assert {line.partition(", ")[2] for line in said.getvalue().splitlines()} == {"unchanged"}
    document.refresh_from_db(), image.refresh_from_db()
    assert (document.file.name, document.sha256, image.key, image.renditions) == before
    answer = Client().get(document.file.url)
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"%PDF-1.4\n")
    assert b"nobody signed it" in content
    assert Client().get(image.pictures[-1].url).status_code == 200


def test_a_correction_in_the_files_leaves_a_picture_that_was_given():
    load_demo()
    image = StoryImage.objects.filter(story__slug="eu-terrorism-prevention-talks").get()
    image.take(upload(picture()))
    image.credit = "Another credit"
    image.save()
    call_command("load_demo", verbosity=0)
    again = NewsItem.objects.get(slug="eu-terrorism-prevention-talks").images.get(key=image.key)
    assert (again.credit, again.renditions) == ("© UNODC", image.renditions)
