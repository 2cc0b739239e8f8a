"""Whether files and rows agree: what check_files finds, says and deletes, and what the desk's first page counts."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from partnerships.admin.todo import waiting
from partnerships.files.keeping import YOUNG
from partnerships.models import ProposedChange
from partnerships.models.bin import KEPT_FOR
from partnerships.versions import bin as the_bin
from partnerships.versions import moment_of, put, reconcile, to_restore, whole_at, whole_of
from stories.models import StoryImage
from tests.factories import make_agreement, make_document, make_story

from .samples import PDF, SIGNED, picture, upload

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A folder of this test's own."""
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    return tmp_path


def check(*options):
    """(what was said, the problems) of a run."""
    said = StringIO()
    try:
        call_command("check_files", *options, stdout=said)
    except CommandError as problem:
        return said.getvalue().splitlines(), str(problem).splitlines()
    return said.getvalue().splitlines(), []


def test_its_exit_code_says_whether_something_is_wrong(document, media):
    call_command("check_files", stdout=StringIO())
    (media / document.file.name).unlink()
    with pytest.raises(CommandError) as problem:
        call_command("check_files", stdout=StringIO())
    assert problem.value.returncode == 1


@pytest.fixture
def document():
    return make_document(agreement=make_agreement(), title="Signed text", file=upload(SIGNED))


@pytest.fixture
def image():
    image = StoryImage(story=make_story(), credit="© Somebody", alt_text="A field")
    image.take(upload(picture((700, 300))))
    image.save()
    return image


def in_time(monkeypatch, span):
    """Let that much time have passed."""
    then = timezone.now() + span
    monkeypatch.setattr("partnerships.files.keeping.timezone.now", lambda: then)


def test_nothing_is_wrong(document, image):
    assert check() == (["3 files are as they were given."], [])


def test_a_missing_and_a_changed_file_are_named(document, image, media):
    (media / document.file.name).write_bytes(PDF)
    small = image.pictures[0]
    (media / f"pictures/{small.base_name}").unlink()
    said, problems = check()
    assert said == ["1 file is as they were given."]
    assert problems == [
        f"missing: pictures/{small.base_name}, of the image “© Somebody” (number {image.pk})",
        f"differs from its SHA-256: {document.file.name}, of the document “Signed text” (number {document.pk})",
    ]


def test_a_file_without_a_row_is_an_orphan_after_a_day(document, monkeypatch, media):
    name = default_storage.save("documents/lost.pdf", ContentFile(PDF))
    assert check() == (
        [f"no row names it now, but it may still be had back: {name}", "1 file is as they were given."],
        [],
    )
    assert check("--delete-orphans")[1] == []
    assert default_storage.exists(name)
    in_time(monkeypatch, YOUNG + LATER)
    assert check()[1] == [f"no row names it: {name}. --delete-orphans deletes it."]
    assert check("--delete-orphans") == (
        [f"deleted: {name}, which no row named", "1 file is as they were given."],
        [],
    )
    assert not default_storage.exists(name)
    assert default_storage.exists(document.file.name)


@pytest.mark.parametrize("replaced", [True, False], ids=["replaced", "deleted"])
def test_the_file_of_a_former_row_is_kept_for_as_long_as_the_bin(replaced, document, monkeypatch):
    before = document.file.name
    if replaced:
        document.file = upload(PDF)
        document.save()
    else:
        document.delete()
    in_time(monkeypatch, KEPT_FOR - LATER)
    assert check("--delete-orphans")[1] == []
    assert default_storage.exists(before)
    in_time(monkeypatch, KEPT_FOR + LATER)
    assert check("--delete-orphans")[1] == []
    assert not default_storage.exists(before)
    assert check()[1] == []


def test_the_same_holds_for_pictures(image, monkeypatch):
    names = [f"pictures/{one.base_name}" for one in image.pictures]
    image.delete()
    in_time(monkeypatch, KEPT_FOR - LATER)
    check("--delete-orphans")
    assert [default_storage.exists(name) for name in names] == [True, True]
    in_time(monkeypatch, KEPT_FOR + LATER)
    check("--delete-orphans")
    assert [default_storage.exists(name) for name in names] == [False, False]


def test_what_comes_back_from_the_bin_has_its_file(document, chief, client):
    agreement, url = document.agreement, document.file.url
    binned = the_bin.discard(agreement, chief)
    assert client.get(url).status_code == 404
    the_bin.bring_back(binned, chief)
    assert b"".join(client.get(url).streaming_content) == SIGNED


def test_a_restored_version_has_the_files_and_the_words_of_then(document, image, chief):
    agreement, story = document.agreement, image.story
    document.title = "Another title"
    document.save()
    for record in (agreement, story):
        record.save()
    document.delete()
    later = make_document(agreement=agreement, title="Came later", file=upload(PDF))
    image.delete()
    for record in (agreement, story):
        then = whole_at(record, moment_of(record, 1))
        put(record, to_restore(then, whole_of(record)), chief, "restored")
    assert [(one.title, one.file.read()) for one in agreement.files.all()] == [("Another title", SIGNED)]
    assert not agreement.files.filter(pk=later.pk).exists()
    [again] = story.images.all()
    assert (again.key, again.renditions) == (image.key, image.renditions)
    assert check()[1] == []


@pytest.mark.parametrize("choice", ["theirs", "mine"])
def test_two_changes_at_once_never_part_a_file_from_its_checksum(choice, document, chief):
    agreement = document.agreement
    base = whole_of(agreement)
    mine, theirs = whole_of(agreement), whole_of(agreement)
    other = make_document(agreement=make_agreement(), file=upload(PDF))
    third = make_document(agreement=make_agreement(), file=upload(SIGNED + b"%%EOF"))
    key = ("partnerships.document", document.pk)
    mine.rows[key] |= {"file": other.file.name, "sha256": other.sha256, "size": other.size}
    theirs.rows[key] |= {"title": "Renamed"}
    together, clashes = reconcile(base, theirs, mine)
    assert clashes == []
    assert together.rows[key] == mine.rows[key] | {"title": "Renamed"}
    theirs.rows[key] |= {"file": third.file.name, "sha256": third.sha256, "size": third.size}
    together, [clash] = reconcile(base, theirs, mine, {f"partnerships.document:{document.pk}:sha256": choice})
    assert (clash.field, clash.theirs, clash.mine) == ("SHA-256", third.sha256, other.sha256)
    put(agreement, together, chief, "brought together")
    document.refresh_from_db()
    chosen = {"theirs": third, "mine": other}[choice]
    assert (document.title, document.file.name, document.sha256) == ("Renamed", chosen.file.name, chosen.sha256)
    assert check()[1] == []


def test_the_desk_counts_records_whose_file_is_missing(document, image, as_chief, chief, media):
    def counts():
        return {
            (task.model.noun, count) for task, count in waiting(chief).items() if task.name == "missing-file" and count
        }

    assert counts() == set()
    (media / document.file.name).unlink()
    (media / f"pictures/{image.pictures[0].base_name}").unlink()
    assert counts() == {("agreement", 1), ("story", 1)}
    make_agreement()
    page = as_chief.get("/admin/partnerships/agreement/?todo=missing-file")
    assert [row.pk for row in page.context["cl"].result_list] == [document.agreement.pk]
    assert "agreements with a document whose file is missing" in as_chief.get("/admin/").content.decode()


def test_the_file_of_a_proposed_change_waits_with_it(document, monkeypatch, chief):
    agreement = document.agreement
    name = default_storage.save("documents/proposed.pdf", ContentFile(PDF))
    base = whole_of(agreement)
    row = {**base.rows["partnerships.document", document.pk], "file": name}
    base.rows["partnerships.document", "new-9"] = row
    proposal = ProposedChange.objects.create(
        noun="partnerships.agreement",
        record_id=agreement.pk,
        base_version=1,
        contents=base.as_json(),
        proposed_by=chief,
    )
    in_time(monkeypatch, KEPT_FOR + LATER)
    check("--delete-orphans")
    assert default_storage.exists(name)
    proposal.state = ProposedChange.State.WITHDRAWN
    proposal.save()
    check("--delete-orphans")
    assert not default_storage.exists(name)
    assert default_storage.exists(document.file.name)
