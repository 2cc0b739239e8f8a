"""Documents at the desk: given, seen with their checksum, replaced, and told of in the history."""

from hashlib import sha256

import pytest
from django.test import Client

from partnerships.models import Document
from tests.factories import make_agreement, make_document, make_event, make_project
from tests.partnerships.files.samples import PDF, SIGNED, upload

from .desk import address, posted, row

pytestmark = pytest.mark.django_db
VALUES = {"title": "Signed text", "category": "A09", "language": "en", "dated": "2013-05"}


def added(client, record, content, number=0, **values):
    """The answer to the record's page posted with one more document."""
    data = posted(client.get(address(record, "change")))
    data["files-TOTAL_FORMS"] = str(number + 1)
    data |= row("files", number, file=upload(content, "../Scan.pdf"), **(VALUES | values))
    return client.post(address(record, "change"), data)


@pytest.mark.parametrize("maker", [make_agreement, make_project, make_event])
def test_an_editor_adds_one_to_a_draft(maker, as_editor, editor):
    record = maker(state="draft")
    assert added(as_editor, record, SIGNED).status_code == 302
    [document] = record.files.all()
    assert (document.title, document.sha256, document.public) == ("Signed text", sha256(SIGNED).hexdigest(), False)
    assert str(document.dated) == "May 2013"
    assert document.history.get().history_user == editor
    page = as_editor.get(address(record, "change")).content.decode()
    assert document.sha256 in page
    assert f'href="{document.file.url}"' in page
    assert "Clear" not in page


def test_an_editor_adds_none_to_what_is_public(as_editor):
    agreement = make_agreement()
    page = as_editor.get(address(agreement, "change"))
    assert "files-0-file" not in page.content.decode()
    data = {"files-TOTAL_FORMS": "1", "files-INITIAL_FORMS": "0"} | row("files", 0, file=upload(SIGNED), **VALUES)
    assert as_editor.post(address(agreement, "change"), data).status_code == 403
    assert not Document.objects.exists()


def test_what_is_no_pdf_is_refused_at_its_box(as_editor):
    agreement = make_agreement(state="draft")
    page = added(as_editor, agreement, b"<html>not a PDF</html>")
    assert page.status_code == 200
    assert "This is not a PDF, whatever its name says." in page.content.decode()
    assert not Document.objects.exists()


def test_a_document_needs_its_file(as_editor):
    agreement = make_agreement(state="draft")
    data = posted(as_editor.get(address(agreement, "change"))) | {"files-TOTAL_FORMS": "1"} | row("files", 0, **VALUES)
    assert "This field is required." in as_editor.post(address(agreement, "change"), data).content.decode()
    assert not Document.objects.exists()


def test_a_publisher_lets_one_out(as_publisher):
    agreement = make_agreement()
    assert added(as_publisher, agreement, SIGNED, public="on").status_code == 302
    assert Client().get(agreement.files.get().file.url).status_code == 200


def test_the_file_stays_where_no_other_is_given(as_publisher):
    document = make_document(agreement=make_agreement(), file=upload(SIGNED))
    data = posted(as_publisher.get(address(document.agreement, "change"))) | {"files-0-title": "Renamed"}
    data.pop("files-0-file")
    assert as_publisher.post(address(document.agreement, "change"), data).status_code == 302
    again = Document.objects.get()
    assert (again.title, again.file.name, again.file.read()) == ("Renamed", document.file.name, SIGNED)


def test_the_history_tells_of_it_by_title_and_checksum(as_publisher):
    agreement = make_agreement()
    added(as_publisher, agreement, SIGNED)
    document = agreement.files.get()
    document.file = upload(PDF)
    document.save()
    page = as_publisher.get(address(agreement, "history")).content.decode()
    assert "document “Signed text”" in page
    assert document.sha256[:12] in page
    assert document.file.base_name not in page
