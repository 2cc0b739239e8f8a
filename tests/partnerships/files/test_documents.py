"""Documents: kept byte by byte, and shown to whoever may read them."""

from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from partnerships.files import pdf
from partnerships.merging import links_to
from partnerships.models import Agreement, Document, DocumentCategory, Event, Project
from tests.factories import make_agreement, make_document, make_event, make_project

from .samples import PDF, SIGNED, upload

pytestmark = pytest.mark.django_db
MAKERS = {"agreement": make_agreement, "project": make_project, "event": make_event}


def signed(**values):
    values.setdefault("agreement", None if "project" in values or "event" in values else make_agreement())
    return make_document(title="Signed text", file=upload(SIGNED, "Scan 1.pdf"), **values)


def read(answer):
    return b"".join(answer.streaming_content)


def test_a_signed_document_comes_back_byte_by_byte(client):
    document = signed()
    document.refresh_from_db()
    assert (document.sha256, document.size) == (sha256(SIGNED).hexdigest(), len(SIGNED))
    answer = client.get(document.file.url)
    assert read(answer) == SIGNED
    assert answer["Content-Length"] == str(len(SIGNED))
    assert answer["ETag"] == f'"{document.sha256}"'


def test_another_file_is_another_checksum():
    document = signed()
    before = document.file.name
    document.file = upload(PDF)
    document.full_clean()
    document.save()
    document.refresh_from_db()
    assert document.sha256 == sha256(PDF).hexdigest()
    assert document.file.name != before
    assert [entry.sha256 for entry in document.history.all()] == [sha256(one).hexdigest() for one in (PDF, SIGNED)]


def test_a_save_without_a_new_file_reads_none(django_assert_num_queries):
    document = signed()
    document.file.storage.delete(document.file.name)
    document.title = "Another title"
    document.full_clean()
    document.save()
    assert document.sha256 == sha256(SIGNED).hexdigest()


def test_internal_unless_somebody_says_otherwise():
    assert Document().public is False


@pytest.mark.parametrize("owner", MAKERS)
@pytest.mark.parametrize(
    ("state", "public", "seen"),
    [
        ("published", True, True),
        ("published", False, False),
        ("draft", True, False),
        ("in_review", True, False),
        ("archived", True, False),
        ("draft", False, False),
    ],
)
def test_a_visitor_reads_what_is_public_of_what_is_published(owner, state, public, seen, client, editor):
    record = MAKERS[owner](state=state)
    document = signed(**{owner: record}, public=public)
    answers = client.get(document.file.url), client.head(document.file.url)
    assert [one.status_code for one in answers] == [200 if seen else 404] * 2
    assert not client.cookies
    if seen:
        assert answers[0]["Cache-Control"] == "no-cache"
        assert "Cookie" in answers[0]["Vary"]
    else:
        assert "ETag" not in answers[0]
    client.force_login(editor)
    answer = client.get(document.file.url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert read(answer) == SIGNED


def test_somebody_who_does_not_work_at_the_desk_is_a_visitor(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("guest"))
    assert client.get(signed(public=False).file.url).status_code == 404


def test_what_the_browser_has_is_not_sent_twice(client, editor):
    document = signed()
    etag = f'"{document.sha256}"'
    answer = client.get(document.file.url, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
    assert answer["Cache-Control"] == "no-cache"
    assert client.get(document.file.url, headers={"If-None-Match": '"other"'}).status_code == 200
    # A 304 would tell that it is there.
    document.public = False
    document.save()
    assert client.get(document.file.url, headers={"If-None-Match": etag}).status_code == 404
    client.force_login(editor)
    answer = client.get(document.file.url, headers={"If-None-Match": etag})
    assert (answer.status_code, answer["Cache-Control"]) == (304, "private, no-store")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_read_only_there(method, client):
    assert getattr(client, method)(signed().file.url).status_code in (403, 405)


def test_a_missing_file_is_not_there_and_no_error(client, caplog):
    document = signed()
    document.file.storage.delete(document.file.name)
    assert client.get(document.file.url).status_code == 404
    assert document.file.name in caplog.text


def test_it_belongs_to_one_record():
    agreement, project = make_agreement(), make_project()
    for owners in ({}, {"agreement": agreement, "project": project}):
        with pytest.raises(ValidationError, match="one agreement, project or event"):
            make_document(**owners)
    with pytest.raises(IntegrityError):
        Document.objects.create(title="Nobody's", file="documents/a.pdf", category="A09")


def test_the_size_has_a_limit(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_BYTES", 1 << 20)
    large = PDF[:20] + b" " * (1 << 20) + PDF[20:]
    with pytest.raises(ValidationError, match="larger than 1 MB"):
        signed(agreement=make_agreement()).file.field.run_validators(committed(large))


def committed(content):
    document = Document(file=upload(content))
    return document.file


def test_the_categories_are_those_of_iati():
    letters = [f"A{number:02}" for number in range(1, 13)] + [f"B{number:02}" for number in range(1, 19)]
    assert DocumentCategory.values == letters


@pytest.mark.parametrize("model", [Agreement, Project, Event])
def test_whatever_moves_links_moves_documents(model):
    found = [(link.model, link.field.name) for link in links_to(model) if link.model is Document]
    assert found == [(Document, model._meta.model_name)]


@pytest.mark.parametrize("owner", MAKERS)
def test_the_page_lists_them(owner, client, as_editor):
    from django.test import Client

    record = MAKERS[owner]()
    signed(**{owner: record}, language="fr", dated="2013-05")
    make_document(**{owner: record}, title="Negotiation notes", public=False)
    page = Client().get(record.get_absolute_url()).content.decode()
    assert "Signed text" in page
    for words in ("Memorandum of understanding, agreed by all parties", "May 2013", "French", "PDF,"):
        assert words in page
    assert sha256(SIGNED).hexdigest() in page
    assert "Negotiation notes" not in page
    staff = as_editor.get(record.get_absolute_url()).content.decode()
    assert "Negotiation notes" in staff


def test_a_past_day_does_not_know_later_documents(client):
    agreement = make_agreement(signed="2010")
    make_document(agreement=agreement, title="First text", dated="2010")
    make_document(agreement=agreement, title="Later text", dated="2015")
    page = client.get(agreement.get_absolute_url(), {"as_of": "2012-01-01"}).content.decode()
    assert "First text" in page
    assert "Later text" not in page


@pytest.mark.parametrize(("noun", "owner"), [("agreements", "agreement"), ("projects", "project"), ("events", "event")])
def test_the_api_tells_visitors_of_what_is_public(noun, owner, client, as_editor):
    from django.test import Client

    record = MAKERS[owner]()
    document = signed(**{owner: record}, language="fr", dated="2013-05", description="As signed")
    make_document(**{owner: record}, title="Negotiation notes", public=False)
    address = f"/api/v1/{noun}/{record.slug}/"
    [told] = Client().get(address).json()["files"]
    assert told == {
        "title": "Signed text",
        "category": "A09",
        "category_label": "Memorandum of understanding, agreed by all parties",
        "language": "fr",
        "dated_on": "2013-05",
        "description": "As signed",
        "url": f"http://testserver{document.file.url}",
        "sha256": sha256(SIGNED).hexdigest(),
        "size": len(SIGNED),
        "published": True,
    }
    assert [one["published"] for one in as_editor.get(address).json()["files"]] == [True, False]
    # The answer is kept for visitors; what it says must follow the document.
    document.public = False
    document.save()
    assert Client().get(address).json()["files"] == []


def test_the_api_takes_back_what_it_told_and_changes_no_document(client):
    from tests.api.writing.conftest import make_token
    from tests.factories import make_user

    agreement = make_agreement()
    signed(agreement=agreement)
    _token, header = make_token(make_user("writer", group="publisher"), "write")
    address = f"/api/v1/agreements/{agreement.slug}/"
    answer = client.get(address, headers={"Authorization": header})
    body = answer.json() | {"description": "Changed", "files": []}
    headers = {"Authorization": header, "If-Match": answer["ETag"]}
    put = client.put(address, body, content_type="application/json", headers=headers)
    assert put.status_code == 200, put.content
    assert [one["title"] for one in put.json()["files"]] == ["Signed text"]
