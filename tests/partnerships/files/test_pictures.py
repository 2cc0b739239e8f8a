"""Pictures: drawn anew in a few widths, upright, and without what was hidden in the file."""

import subprocess
import sys
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from partnerships.files import pictures
from partnerships.files.pictures import renditions

from .samples import bomb, photograph, picture, upload


def drawn(content):
    return [(one.width, one.height) for one in renditions(upload(content, "p.png"))]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((3200, 1600), [(480, 240), (960, 480), (1600, 800)]),
        ((1000, 500), [(480, 240), (960, 480), (1000, 500)]),
        ((480, 480), [(480, 480)]),
        ((20, 10), [(20, 10)]),
        ((1, 1), [(1, 1)]),
        ((500, 4000), [(120, 960), (240, 1920), (400, 3200)]),
    ],
)
def test_each_width_that_it_fills(size, expected):
    assert drawn(picture(size)) == expected


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_the_three_kinds_become_webp(kind):
    [small] = renditions(upload(picture((300, 200), kind)))
    with Image.open(BytesIO(small.content)) as made:
        assert (made.format, made.size, made.mode) == ("WEBP", (300, 200), "RGB")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_pixel_is_drawn(mode):
    assert drawn(picture((30, 20), "PNG", mode)) == [(30, 20)]


def test_what_is_clear_stays_clear():
    [made] = renditions(upload(picture((30, 20), mode="RGBA", color=(0, 0, 0, 0))))
    with Image.open(BytesIO(made.content)) as image:
        assert image.mode == "RGBA"
        assert image.getextrema()[3] == (0, 0)


def test_a_photograph_stands_upright_and_tells_nothing_of_its_camera():
    made = renditions(upload(photograph((1000, 500)), "p.jpg"))
    assert [(one.width, one.height) for one in made] == [(480, 960), (500, 1000)]
    for one in made:
        assert b"SECRET" not in one.content
        with Image.open(BytesIO(one.content)) as image:
            assert dict(image.getexif()) == {}
            assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)


def test_the_file_may_not_be_too_large(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_BYTES", 1 << 20)
    with pytest.raises(ValidationError, match="larger than 1 MB"):
        renditions(upload(picture() + b"\0" * (1 << 20)))


PROBE = """
import sys, time
from django.conf import settings
settings.configure(USE_I18N=False)
import django
django.setup()
from django.core.exceptions import ValidationError
from django.core.files.base import File
from partnerships.files.pictures import renditions
def most():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
before = most()
start = time.process_time()
try:
    renditions(File(open(sys.argv[1], "rb")))
    said = "drawn"
except ValidationError as problem:
    said = problem.messages[0]
print(time.process_time() - start, (most() - before) // 1024, said, sep="|")
"""


def probe(path):
    """(CPU seconds, MB of memory more than before, what was said) in a process of its own."""
    found = subprocess.run([sys.executable, "-c", PROBE, str(path)], capture_output=True, text=True, check=True)
    seconds, megabytes, said = found.stdout.strip().split("|")
    return float(seconds), int(megabytes), said


def test_a_bomb_is_refused_at_once(tmp_path):
    """30,000 x 30,000 pixels in a file of 3 MB would be 2.7 GB."""
    file = tmp_path / "bomb.png"
    file.write_bytes(bomb(30_000))
    assert file.stat().st_size < 4 << 20
    seconds, megabytes, said = probe(file)
    assert said == "The picture has more than 50 million pixels. Make it smaller."
    assert seconds < 2
    assert megabytes < 300


@pytest.mark.parametrize(("kind", "side"), [("PNG", 4000), ("WEBP", 3400), ("JPEG", 7000)])
def test_the_largest_that_is_drawn_has_its_bounds_too(kind, side, tmp_path):
    file = tmp_path / "large"
    file.write_bytes(picture((side, side), kind))
    seconds, megabytes, said = probe(file)
    assert said == "drawn"
    assert seconds < 6
    assert megabytes < 300


@pytest.mark.parametrize(("kind", "most"), [("PNG", 16), ("WEBP", 12), ("JPEG", 50)])
def test_one_more_row_of_pixels_is_refused(kind, most):
    with pytest.raises(ValidationError, match=f"more than {most} million pixels"):
        renditions(upload(picture((1000, most * 1000 + 1), kind) if kind == "PNG" else tall(kind, most)))


def tall(kind, most):
    side = 8000
    return picture((side, most * 1_000_000 // side + 1), kind)
