import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from stories.actions import draft_stories, open_source
from stories.models import NewsItem, SourceDocument, StoryImage, StoryLink

LISTING = Path(__file__).parents[1] / "data" / "listing.txt"
SINGLE = LISTING.with_name("single.txt")

STORY = "3 May 2031: {title}\n\nPhoto © MOTECThe pilots met <script>alert(1)</script> in the harbour.\n"


def read_stories(*args, **options):
    out, err = StringIO(), StringIO()
    call_command("read_stories", *map(str, args), stdout=out, stderr=err, no_color=True, **options)
    return out.getvalue(), err.getvalue()


def counts():
    return [model.objects.count() for model in (SourceDocument, NewsItem, StoryImage, StoryLink)]


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.django_db
class TestWriting:
    def test_each_item_becomes_a_draft_of_its_document(self):
        out, _ = read_stories(LISTING)
        story = NewsItem.objects.get(source_line=6)
        assert out.endswith("listing.txt: 4 stories drafted, 0 already there.\n")
        assert {item.state for item in NewsItem.objects.all()} == {"draft"}
        assert story.source_document.file_name == "listing.txt"
        assert story.source_document.title == "Harbour news"
        assert len(story.source_document.sha256) == 64
        assert story.source_document.text == LISTING.read_text()
        assert story.slug == "the-harbour-trust-and-motec-sign-a-memorandum-on-clean-ports"
        assert story.source_key == NewsItem.make_source_key(story.title, story.event_start_on)
        assert story.history.get().history_change_reason == "read from listing.txt, line 6"

    def test_dates_credits_and_links_are_written(self):
        read_stories(LISTING)
        story = NewsItem.objects.get(source_line=6)
        assert (str(story.event_start_on), story.event_end_on, story.published_on) == ("2031-03-03", None, None)
        assert [(image.credit, image.caption) for image in story.images.all()] == [
            ("© MOTEC", ""),
            ("HaT", "Ana Lima, Director of MOTEC"),
        ]
        assert [(link.title, link.url) for link in story.links.all()] == [
            ("More information on the clean ports plan here", ""),
            ("The clean ports plan", ""),
            ("The Harbour Trust", "https://harbour.example/trust"),
        ]
        ships = NewsItem.objects.get(source_line=41)
        assert (str(ships.event_start_on), str(ships.event_end_on)) == ("2030-12-30", "2031-01-02")

    def test_a_month_keeps_its_precision(self, write):
        read_stories(write("a.txt", "May 2031: Pilots\n\nThey met."))
        story = NewsItem.objects.get()
        assert (str(story.event_start), story.event_end) == ("May 2031", None)

    def test_markup_in_the_file_stays_text(self, write):
        read_stories(write("a.txt", STORY.format(title="Pilots")))
        assert NewsItem.objects.get().body == (
            "<p>The pilots met &lt;script&gt;alert(1)&lt;/script&gt; in the harbour.</p>"
        )

    def test_an_address_that_is_none_stays_in_the_title(self, write):
        read_stories(write("a.txt", "3 May 2031: Pilots\n\nThey met.\n\nFurther information:\n\n- Plan: https://a_b"))
        assert [(link.title, link.url) for link in StoryLink.objects.all()] == [("Plan (https://a_b)", "")]

    def test_problems_are_named_with_file_and_line(self):
        _, err = read_stories(LISTING)
        assert f"{LISTING}:30: “31 April 2031” is not a date of the calendar" in err
        assert f"{LISTING}:46: “See our 2030 stories here.”" in err

    def test_reading_costs_the_same_few_queries_when_nothing_is_new(self, django_assert_num_queries):
        source = open_source(LISTING)
        draft_stories(source=source)
        with django_assert_num_queries(3):  # the stories that are known, within a savepoint
            draft_stories(source=source)


@pytest.mark.django_db
class TestTwice:
    def test_a_file_read_twice_makes_no_second_copy_and_says_so(self):
        read_stories(LISTING)
        before = counts()
        out, _ = read_stories(LISTING)
        assert counts() == before
        assert out.count("already there: story ") == 4
        assert out.endswith("0 stories drafted, 4 already there.\n")

    def test_an_item_is_known_by_title_and_date_whatever_its_file_case_and_marks(self, write):
        read_stories(write("a.txt", STORY.format(title="Pilots meet")))
        out, _ = read_stories(write("b.txt", STORY.format(title="PILOTS, meet!")))
        assert "0 stories drafted, 1 already there" in out
        assert counts()[:2] == [1, 1]

    def test_what_was_done_with_the_draft_stays(self, write):
        path = write("a.txt", STORY.format(title="Pilots"))
        read_stories(path)
        NewsItem.objects.update(title="Our pilots", state="in_review")
        read_stories(path)
        assert [(story.title, story.state) for story in NewsItem.objects.all()] == [("Our pilots", "in_review")]

    def test_a_deleted_story_is_drafted_again_for_the_same_document(self, write):
        path = write("a.txt", STORY.format(title="Pilots"))
        read_stories(path)
        NewsItem.objects.all().delete()
        read_stories(path)
        assert counts()[:2] == [1, 1]

    def test_the_same_item_twice_in_one_file_is_one_story(self, write):
        path = write("a.txt", STORY.format(title="Pilots") + "\n\n" + STORY.format(title="Pilots"))
        out, _ = read_stories(path, dry_run=True)
        assert "1 story would be drafted, 1 already there" in out
        out, _ = read_stories(path)
        assert "1 story drafted, 1 already there" in out

    def test_the_same_title_on_another_day_is_another_story(self, write):
        read_stories(write("a.txt", "3 May 2031: Pilots\n\nOne.\n\n4 May 2031: Pilots\n\nTwo."))
        assert NewsItem.objects.count() == 2


@pytest.mark.django_db
class TestDryRun:
    def test_it_writes_nothing(self):
        out, _ = read_stories(LISTING, SINGLE, dry_run=True)
        assert "listing.txt: 4 stories would be drafted, 0 already there." in out
        assert "single.txt: 1 story would be drafted" in out
        assert counts() == [0, 0, 0, 0]

    def test_it_says_what_is_there(self):
        read_stories(LISTING)
        out, _ = read_stories(LISTING, dry_run=True)
        assert "0 stories would be drafted, 4 already there" in out


class TestJson:
    """Without the database: no test here may touch it."""

    def test_it_prints_one_object_per_item_with_exactly_these_fields(self):
        items = json.loads(read_stories(LISTING, SINGLE, dry_run=True, json=True)[0])
        assert len(items) == 5
        assert {tuple(item) for item in items} == {("title", "start", "end", "body", "image_credits", "links", "line")}
        assert items[3] == {
            "title": "Ships wait at sea",
            "start": "2030-12-30",
            "end": "2031-01-02",
            "body": "<p>MOTECMOTEC is not a credit, and the address ( is lost.</p>",
            "image_credits": [],
            "links": [],
            "line": 41,
        }
        assert items[0]["image_credits"] == ["Photo © MOTEC", "IMAGE HaT"]
        assert items[0]["links"][2] == {"title": "The Harbour Trust", "url": "https://harbour.example/trust"}
        assert (items[2]["start"], items[2]["end"]) == (None, None)

    def test_it_goes_with_a_dry_run_only(self):
        with pytest.raises(CommandError, match="Add --dry-run"):
            read_stories(LISTING, json=True)


@pytest.mark.django_db
class TestUnreadable:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"%PDF-1.4\n%\xe2\xe3\xcf", "is a PDF file, not text. Only plain text is read: export it as text"),
            (b"", "is empty"),
            (b" \n\n", "is empty"),
            ("3 May 2031: Le café\n".encode("latin-1"), "it seems to be Latin-1 (ISO 8859-1). Open it"),
            ("3 May 2031: Pilots\n".encode("utf-16"), "it seems to be UTF-16"),
            (b"3 May 2031: Pi\x00lots\n", "has a NUL byte (line 1, byte offset 14)"),
        ],
    )
    def test_it_is_named_with_what_is_wrong_and_nothing_is_written(self, write, content, said):
        path = write("bad.txt", content)
        with pytest.raises(CommandError) as caught:
            read_stories(path)
        assert str(caught.value).startswith(f"{path} ")
        assert said in str(caught.value)
        assert caught.value.returncode != 0
        assert counts() == [0, 0, 0, 0]

    def test_a_file_of_50_megabytes_is_refused(self, tmp_path):
        path = tmp_path / "large.txt"
        with path.open("wb") as file:
            file.truncate(50 * 1024 * 1024)
        with pytest.raises(CommandError, match=r"large\.txt is too large: 50\.0 MB"):
            read_stories(path)

    def test_of_several_files_all_bad_ones_are_named_before_anything_is_written(self, write, tmp_path):
        with pytest.raises(CommandError) as caught:
            read_stories(LISTING, write("bad.txt", b"%PDF-1.4"), SINGLE, tmp_path / "none.txt")
        assert "bad.txt is a PDF file" in str(caught.value)
        assert "none.txt cannot be opened" in str(caught.value)
        assert "Nothing was written." in str(caught.value)
        assert counts() == [0, 0, 0, 0]

    def test_a_file_of_which_one_item_fails_is_not_written_at_all(self, monkeypatch):
        save = StoryLink.save

        def refuse(link, *args, **kwargs):
            if link.title == "The tide tables":
                raise RuntimeError("the disk is full")
            save(link, *args, **kwargs)

        monkeypatch.setattr(StoryLink, "save", refuse)
        with pytest.raises(RuntimeError):
            read_stories(LISTING)
        assert counts() == [0, 0, 0, 0]
