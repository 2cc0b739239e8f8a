"""Files for tests, made here: good ones, and forty that no register should take, or hand out as they are."""

import struct
import zipfile
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
# As signing leaves it: the first text as it was, then what was added, with an end mark of its own.
SIGNED = PDF + b"2 0 obj\n<< /Type /Sig /Contents <00ff> >>\nendobj\nstartxref\n0\n%%EOF\r\n"


def upload(content, name="file.pdf", content_type="application/pdf"):
    return SimpleUploadedFile(name, content, content_type)


def picture(size=(1000, 500), kind="PNG", mode="RGB", color=None, **options):
    """The bytes of a picture of one colour."""
    file = BytesIO()
    Image.new(mode, size, color or ("red" if mode in ("RGB", "RGBA") else 0)).save(file, kind, **options)
    return file.getvalue()


def photograph(size=(1000, 500)):
    """A JPEG that says where it was taken, and that it lies on its side (EXIF orientation 6)."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "SECRET CAMERA", 6
    exif.get_ifd(0x8825)[1] = "N"
    return picture(size, "JPEG", exif=exif, comment=b"SECRET COMMENT")


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, data=b"", extra=b""):
    """A PNG whose head says this size, whatever its data holds."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def bomb(side):
    """A PNG of side x side white pixels, for a `side` of thousands, in one thousandth of their bytes; only its checksum is wrong."""
    packer = zlib.compressobj(6)
    rows = (b"\0" + b"\xff" * (side * 3)) * 1000
    head, block = packer.compress(b""), packer.compress(rows) + packer.flush(zlib.Z_FULL_FLUSH)
    return png(side, side, head + block + block[2:] * (side // 1000 - 1) + b"\x03\0" + b"\0" * 4)


def archive():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("index.html", "<script>alert(1)</script>")
    return file.getvalue()


HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
JPEG_HEAD, WEBP_HEAD = b"\xff\xd8\xff\xe0\0\x10JFIF\0", b"RIFF\x24\0\0\0WEBPVP8 "

# Neither a document nor a picture, whatever they are called: (file name, forged Content-Type, bytes).
REFUSED = [
    ("page.png", "image/png", HTML),
    ("page.pdf", "application/pdf", HTML),
    ("page.jpg", "image/jpeg", HTML),
    ("page.webp", "image/webp", HTML),
    ("drawing.svg", "image/svg+xml", SVG),
    ("drawing.png", "image/png", SVG),
    ("drawing.pdf", "application/pdf", b"\xef\xbb\xbf" + SVG),
    ("drawing.svgz", "image/png", zlib.compress(SVG)),
    ("empty.pdf", "application/pdf", b" "),
    ("zero.png", "image/png", b"\0" * 1000),
    ("archive.pdf", "application/pdf", archive()),
    ("archive.png", "image/png", archive()),
    ("archive-before.pdf", "application/pdf", archive() + PDF),
    ("archive-after.pdf", "application/pdf", PDF + archive()),
    ("html-before.pdf", "application/pdf", HTML + PDF),
    ("html-after.pdf", "application/pdf", PDF + HTML),
    ("space-before.pdf", "application/pdf", b"\n" + PDF),
    ("cut.pdf", "application/pdf", PDF[:-9]),
    ("head.pdf", "application/pdf", b"%PDF-"),
    ("lower.pdf", "application/pdf", PDF.replace(b"%PDF", b"%pdf")),
    ("program.pdf", "application/pdf", b"MZ\x90\0" + b"\0" * 200),
    ("program.png", "image/png", b"\x7fELF" + b"\0" * 200),
    ("script.png", "image/png", b"#!/bin/sh\nrm -rf /\n"),
    ("php.jpg", "image/jpeg", JPEG_HEAD + b"<?php system($_GET[0]); ?>"),
    ("head.png", "image/png", b"\x89PNG\r\n\x1a\n"),
    ("head.jpg", "image/jpeg", JPEG_HEAD),
    ("head.webp", "image/webp", WEBP_HEAD),
    ("cut.png", "image/png", picture()[:60]),
    ("cut.webp", "image/webp", picture(kind="WEBP")[:30]),
    ("lie.png", "image/png", png(1000, 1000, zlib.compress(b""))),
    ("bomb.png", "image/png", png(30_000, 30_000, zlib.compress(b""))),
    ("strip.png", "image/png", png(2_000_000_000, 1, zlib.compress(b""))),
    ("text.png", "image/png", png(1, 1, b"", chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 70_000_000)))),
    ("picture.gif", "image/png", picture(kind="GIF", mode="P")),
    ("picture.bmp", "image/png", picture(kind="BMP")),
    ("picture.tiff", "image/png", picture(kind="TIFF")),
    ("picture.ico", "image/png", picture((32, 32), kind="ICO")),
    ("picture.eps", "image/png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n"),
]
# Taken, and harmless as they are handed out: (file name, forged Content-Type, bytes, whether it is a document).
INERT = [
    ("../../../../etc/cron.d/job.pdf", "text/html", PDF, True),
    ("..\\..\\static\\a.pdf", "text/html", PDF, True),
    ("/etc/passwd", "application/x-sh", PDF, True),
    ("a.pdf.html", "text/html", PDF, True),
    ("script.pdf", "application/pdf", PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript >>"), True),
    ("inside.pdf", "application/pdf", PDF.replace(b"1 0 obj", b"%" + HTML + b"\n1 0 obj"), True),
    ("picture.html", "text/html", picture(), False),
    ("../picture.svg", "image/svg+xml", picture(kind="WEBP"), False),
    ("inside.jpg", "text/html", picture(kind="JPEG", comment=HTML), False),
    ("after.png", "image/png", picture() + HTML, False),
    ("after.jpg", "image/jpeg", picture(kind="JPEG") + archive(), False),
]
