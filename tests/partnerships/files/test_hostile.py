"""Forty-nine files that somebody might try: refused, or kept and handed out so that nothing of them runs."""

import pytest
from django.core.exceptions import ValidationError

from partnerships.files.pdf import refuse_unless_pdf
from partnerships.files.pictures import renditions
from partnerships.models import Document
from stories.models import StoryImage
from tests.factories import make_agreement, make_document, make_story

from .samples import INERT, REFUSED, SIGNED, upload

pytestmark = pytest.mark.django_db


def test_there_are_forty_at_least():
    assert len(REFUSED) + len(INERT) >= 40
    assert len({content for _name, _type, content in REFUSED}) > 30


@pytest.mark.parametrize(("name", "content_type", "content"), REFUSED, ids=[name for name, *_ in REFUSED])
def test_it_is_neither_a_document_nor_a_picture(name, content_type, content):
    for check in (refuse_unless_pdf, renditions):
        with pytest.raises(ValidationError):
            check(upload(content, name, content_type))
    agreement = make_agreement()
    with pytest.raises(ValidationError) as refused:
        make_document(agreement=agreement, file=upload(content, name, content_type))
    assert set(refused.value.message_dict) == {"file"}
    assert not Document.objects.exists()


@pytest.mark.parametrize(("name", "content_type", "content", "is_document"), INERT, ids=[name for name, *_ in INERT])
def test_it_is_handed_out_inert(name, content_type, content, is_document, client):
    answer = client.get(kept(upload(content, name, content_type), is_document))
    body = b"".join(answer.streaming_content)
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    if is_document:
        assert body == content
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == 'attachment; filename="the-text.pdf"'
    else:
        assert answer["Content-Type"] == "image/webp"
        assert body[:4] + body[8:12] == b"RIFFWEBP"
        assert b"alert" not in body


def kept(file, is_document):
    """The address at which the register hands the file out; its name there is drawn by lot."""
    if is_document:
        row = make_document(agreement=make_agreement(), title="The text", file=file)
        folder, _slash, name = row.file.name.partition("/")
        assert (folder, len(name), name[32:]) == ("documents", 36, ".pdf")
        assert int(name[:32], 16) >= 0
        return row.file.url
    image = StoryImage(story=make_story(), credit="© Somebody", alt_text="A red field")
    image.take(file)
    image.full_clean()
    image.save()
    return image.pictures[-1].url


def test_the_storage_is_reached_by_no_address(client):
    document = make_document(agreement=make_agreement(), file=upload(SIGNED))
    for address in (
        f"/media/{document.file.name}",
        f"/static/{document.file.name}",
        f"/{document.file.name}/",
        "/documents/..%2f..%2fdemo.env",
        "/documents/../var/demo.env",
        "/pictures/..%2fdocuments%2f" + document.file.base_name,
        "/pictures/" + document.file.base_name,
        "/documents/",
    ):
        assert client.get(address).status_code == 404, address
