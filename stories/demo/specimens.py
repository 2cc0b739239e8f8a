"""A document and a picture for the demo register, made here: no file of anybody else's is needed to show how both look."""

from django.core.files.base import ContentFile

from partnerships.charts.card import map_picture
from partnerships.models import Agreement, Document, DocumentCategory
from stories.models import StoryImage

AGREEMENT = "unodc-fifa-mou"
CREDIT = "Drawn by Concord"
TITLE = "A specimen in the place of the signed text"
LINES = (
    "Memorandum of Understanding between UNODC and FIFA",
    "",
    "This page stands in the demo where the register of an organization",
    "has the signed text. It was made by Concord; nobody signed it.",
)
ZOOM = 1.3


def add_specimens():
    """Give the demo its document and its picture, where they are missing. Says how many were made."""
    made = 0
    agreement = Agreement.objects.filter(slug=AGREEMENT).first()
    if agreement and not agreement.files.exists():
        file = ContentFile(pdf(LINES), name="specimen.pdf")
        specimen = Document(
            agreement=agreement,
            title=TITLE,
            file=file,
            category=DocumentCategory.A09,
            language="en",
            dated="2020-09-14",
            public=True,
        )
        specimen.full_clean()
        specimen._change_reason = "load_demo: specimens"
        specimen.save()
        made += 1
    for image in StoryImage.objects.filter(credit=CREDIT, key=None).select_related("story"):
        places = image.story.countries.values_list("latitude", "longitude")
        image.take(ContentFile(map_picture([place for place in places if None not in place], ZOOM)))
        image._change_reason = "load_demo: specimens"
        image.save()
        made += 1
    return made


def pdf(lines):
    """The bytes of a PDF of one A4 page with these lines, the first one larger (ISO 32000: the least that a reader needs)."""
    text = "BT /F1 18 Tf 72 740 Td 24 TL " + " ".join(
        f"({line}) Tj T*{' /F1 12 Tf 18 TL' if not number else ''}" for number, line in enumerate(lines)
    )
    page = f"{text} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(content))
    return content + end + trailer
