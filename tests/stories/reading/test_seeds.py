"""The real documents that the register starts from, where they are at hand; CONCORD_SEEDS names their folder."""

import json
import os
from pathlib import Path

import pytest

from stories.reading.readers import read_file
from stories.reading.splitting import split

REPOSITORY = Path(__file__).parents[3]
SEEDS = Path(os.environ.get("CONCORD_SEEDS") or REPOSITORY.parent / "shared" / "seeds")
GOLD = SEEDS / "gold.json"

pytestmark = pytest.mark.skipif(not GOLD.is_file(), reason="the seeds are not at hand")


@pytest.fixture(scope="module")
def pairs():
    """Each item as it was read, with what a person read in the same place."""
    found = []
    for document in json.loads(GOLD.read_text())["documents"]:
        items = split(read_file(SEEDS / document["doc"])[1]).items
        assert len(items) == document["item_count"]
        found += zip(items, document["items"], strict=True)
    return found


def test_all_items_are_found(pairs):
    assert len(pairs) == 17


def test_titles_dates_and_lines_are_exact(pairs):
    read = [(item.title, str(item.start), str(item.end), item.line) for item, _ in pairs]
    assert read == [(gold["title"], gold["start"], gold["end"], gold["line_start"]) for _, gold in pairs]


def test_all_image_credits_are_lifted(pairs):
    assert [[credit.written for credit in item.image_credits] for item, _ in pairs] == [
        gold["image_credits"] for _, gold in pairs
    ]
    assert sum(len(item.image_credits) for item, _ in pairs) == 19
    assert not any("©" in item.body or "IMAGE" in item.body for item, _ in pairs)


def test_links_are_those_of_the_lists_and_of_the_sentences(pairs):
    for item, gold in pairs:
        titles = [link.title for link in item.links]
        assert sorted(titles) == sorted([*gold["further_information"], *gold.get("inline_links", [])])
        assert [title for title in titles if title in gold["further_information"]] == gold["further_information"]


def test_captions_are_kept_with_their_credit_or_by_themselves(pairs):
    captions = [
        caption
        for item, _ in pairs
        for caption in [*(c.caption for c in item.image_credits), *item.captions]
        if caption
    ]
    assert captions == [
        "Philippe Goffin, Belgian Minister of Foreign Affairs and of Defence",
        "Philippe Close, Mayor of Brussels, and Jean-Luc Lemahieu, UNODC Director",
        "UNODC Chief Terrorism Prevention & CEPOL Executive Director",
    ]
