"""The picture that other sites show beside a link to a page: what it is, its name, a sentence, and where it is on the map.

1200 by 630 pixels, as Open Graph's readers expect. The same ink, paper and land as the pages'.
"""

import re
from bisect import bisect_right
from functools import cache
from io import BytesIO

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from .land import GRID
from .projection import project
from .world import WORLD

SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 72
INK, PAPER, QUIET, ACCENT, LAND = "#14202b", "#fdfcf9", "#56616c", "#b03a1e", "#e9e5da"
FONTS = settings.BASE_DIR / "partnerships" / "data" / "fonts"
DRAWING = settings.BASE_DIR / "partnerships" / "static" / "partnerships" / "land.svg"
TITLE_SIZES = (76, 66, 58, 50, 44)  # the largest in which the title has at most MOST_LINES
MOST_LINES = 3
TEXT_WIDTH = 520  # beside the map
ZOOM, CORNER = 0.46, (WIDTH - MARGIN - 460, 380)  # of the map, in the corner at the bottom
FINE = 3  # the map is drawn this many times larger, for smooth coasts
DOT = 6


def card(kind, title, text="", places=()):
    """PNG bytes. `places` are (latitude, longitude). What does not fit ends with “…”."""
    picture = Image.new("RGB", SIZE, PAPER)
    picture.paste(_map(places), CORNER)
    draw = ImageDraw.Draw(picture)
    _brand(draw)
    draw.text((MARGIN, 140), kind, font=_font("Regular", 30), fill=ACCENT)
    font, lines = _fitted(draw, title)
    for at, line in enumerate(lines):
        draw.text((MARGIN, 184 + round(font.size * 1.16) * at), line, font=font, fill=INK)
    font = _font("Regular", 26)
    lines = _cut(_lines(draw, text, font, TEXT_WIDTH), 5)
    for at, line in enumerate(lines):
        draw.text((MARGIN, HEIGHT - MARGIN - 36 * (len(lines) - at)), line, font=font, fill=QUIET)
    file = BytesIO()
    picture.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def can_show(text):
    """Whether the fonts have a sign for each character: they have Latin, Greek and Cyrillic ones."""
    return all(character.isspace() or _has(character) for character in text)


@cache
def _has(character):
    font = _font("SemiBold", 20)
    # U+10FFFF is no character, so what is drawn for it is the sign for those that are missing.
    return bytes(font.getmask(character)) != bytes(font.getmask("\U0010ffff"))


@cache
def _font(weight, size):
    return ImageFont.truetype(FONTS / f"SourceSerif4-{weight}.ttf", size)


def map_picture(places, zoom):
    """PNG bytes of the map alone, with a mark at each (latitude, longitude); `zoom` is its size against the pages' map."""
    file = BytesIO()
    _map(places, zoom).save(file, "PNG")
    return file.getvalue()


def _map(places, zoom=ZOOM):
    picture = _ground(zoom).copy()
    draw = ImageDraw.Draw(picture)
    for latitude, longitude in places:
        spot = _on_map(*project(float(latitude), float(longitude)), zoom)
        draw.circle(spot, DOT * FINE, fill=ACCENT, outline=PAPER, width=3)
    return picture.resize([side // FINE for side in picture.size], Image.Resampling.LANCZOS)


@cache
def _ground(zoom):
    picture = Image.new("RGB", [round(side * zoom * FINE) for side in (WORLD.width, WORLD.height)], PAPER)
    draw = ImageDraw.Draw(picture)
    for ring in _land(zoom):
        draw.polygon(list(ring), fill=LAND)
    return picture


def _land(zoom):
    """The rings of the drawing as points on the map: each is a point and the steps from there (see `land`)."""
    for ring in re.findall(r"M([^z]+)z", DRAWING.read_text()):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x = y = 0
        points = []
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            points.append(_on_map(x / GRID, y / GRID, zoom))
        yield points


def _on_map(x, y, zoom):
    return (x - WORLD.x) * zoom * FINE, (y - WORLD.y) * zoom * FINE


def _brand(draw):
    """The mark of the pages (mark.svg) and the name."""
    draw.rectangle((MARGIN, 60, MARGIN + 52, 112), fill=INK)
    draw.arc((MARGIN + 13, 73, MARGIN + 39, 99), 45, 315, fill=PAPER, width=5)
    draw.line((MARGIN + 15, 86, MARGIN + 37, 86), fill="#e0795b", width=3)
    draw.text((MARGIN + 70, 62), "Concord", font=_font("SemiBold", 38), fill=INK)


def _fitted(draw, title):
    for size in TITLE_SIZES:
        font = _font("SemiBold", size)
        lines = _lines(draw, title, font)
        if len(lines) <= MOST_LINES:
            break
    return font, _cut(lines, MOST_LINES)


def _lines(draw, text, font, width=WIDTH - 2 * MARGIN):
    """The text in lines of this width; a word longer than a line is broken."""
    lines, line = [], ""
    for word in text.split():
        for piece in _pieces(draw, word, font, width):
            longer = f"{line} {piece}".strip()
            if line and draw.textlength(longer, font) > width:
                lines.append(line)
                longer = piece
            line = longer
    return [*lines, line] if line else lines


def _pieces(draw, word, font, width):
    while draw.textlength(word, font) > width:
        lengths = range(1, len(word) + 1)
        fitting = max(1, bisect_right(lengths, width, key=lambda length: draw.textlength(word[:length], font)))
        yield word[:fitting]
        word = word[fitting:]
    if word:
        yield word


def _cut(lines, most):
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1].rstrip(" .,;:") + " …"]
