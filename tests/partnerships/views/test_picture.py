"""The picture of each record's page: a PNG of what visitors may see, named in the page's head."""

from io import BytesIO
from urllib.parse import urlsplit

import pytest
from lxml import html
from PIL import Image

from tests import factories as make
from tests.partnerships.test_pages import RECORDS
from tests.partnerships.world import make_world

pytestmark = pytest.mark.django_db


def picture_of(client, address):
    """The picture that the page names, as the path and the answer."""
    (named,) = html.fromstring(client.get(address).content).xpath("//meta[@property='og:image']/@content")
    return urlsplit(named).path, client.get(urlsplit(named).path)


@pytest.mark.parametrize("name", RECORDS)
def test_each_record_has_one(client, name):
    record = getattr(make_world(1), name)
    path, answer = picture_of(client, record.get_absolute_url())
    assert path == f"{record.get_absolute_url()}picture.png"
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    assert client.get(path, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304


@pytest.mark.parametrize("address", ["/", "/search/", "/agreements/", "/fr/agreements/", "/ar/"])
def test_other_pages_have_that_of_the_register(client, db, address):
    path, answer = picture_of(client, address)
    language = address[:3] if address[:4] in ("/fr/", "/ar/") else ""
    assert (path, answer.status_code) == (f"{language}/picture.png", 200)


def test_language(client):
    record = make_world(1).project
    in_english, in_french, in_arabic = (
        client.get(f"{at}{record.get_absolute_url()}picture.png").content for at in ("", "/fr", "/ar")
    )
    assert in_french != in_english
    # The fonts have no Arabic letters.
    assert in_arabic == in_english


def test_a_draft_has_none_whoever_asks(client, chief):
    draft = make.make_project("Secret", slug="secret", state="draft")
    address = f"{draft.get_absolute_url()}picture.png"
    assert client.get(address).status_code == 404
    client.force_login(chief)
    assert client.get(address).status_code == 404
    assert picture_of(client, draft.get_absolute_url())[0] == "/picture.png"


def test_a_title_in_other_letters_leaves_the_kind(client):
    record = make.make_project("联合国", slug="un")
    other = make.make_project("大学", slug="university")
    first, second = (client.get(f"{one.get_absolute_url()}picture.png") for one in (record, other))
    assert first.status_code == 200
    assert first.content == second.content
