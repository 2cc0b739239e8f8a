"""The picture beside a link: its size, its places, and words that no picture has room for."""

from io import BytesIO

import pytest
from PIL import Image

from partnerships.charts.card import ACCENT, can_show, card


def opened(content):
    picture = Image.open(BytesIO(content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    return picture.convert("RGB")


def reds(picture):
    """The boxes of pixels near the accent below the words, where the map is."""
    red = tuple(bytes.fromhex(ACCENT[1:]))
    return [
        (x, y)
        for x in range(660, 1140)
        for y in range(370, 600)
        if sum(abs(a - b) for a, b in zip(picture.getpixel((x, y)), red, strict=True)) < 40
    ]


def test_places_are_dots_where_the_map_has_them():
    assert reds(opened(card("Country", "Nowhere"))) == []
    dots = reds(opened(card("Country", "Niger", places=[(17.6, 8.1)])))
    xs, ys = zip(*dots, strict=True)
    # Niger lies 8 degrees east of the middle of the map, and 17 degrees north of the equator.
    middle = 1200 - 72 - 230
    assert middle < (min(xs) + max(xs)) / 2 < middle + 20
    assert 8 < max(xs) - min(xs) < 16
    assert 460 < (min(ys) + max(ys)) / 2 < 480


@pytest.mark.parametrize(
    ("title", "text"),
    [("", ""), ("Öresund", "Ж Ω ş"), ("word " * 400, "word " * 400), ("W" * 3000, "w" * 3000)],
)
def test_any_words_make_a_picture(title, text):
    opened(card("Kind", title, text))


def test_long_words_stay_off_the_map():
    full = opened(card("Kind", "Word " * 100, "word " * 100))
    below = full.crop((640, 372, 1200, 630)).convert("L")
    assert below.getextrema()[0] > 200  # paper and land, and no ink


@pytest.mark.parametrize(
    ("text", "can"),
    [("Fédération “Ş ğ”, Українa, Ελλάδα – 1 € …", True), ("联合国", False), ("الأمم", False), ("✈", False)],
)
def test_it_knows_which_letters_the_fonts_have(text, can):
    assert can_show(text) is can
