"""What the register takes for a PDF document: it begins and ends as one. Nothing of it is read further, nor changed."""

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext as _

MOST_BYTES = 25 * 1024 * 1024
END = 1024  # bytes; readers look for the end mark in so many


@deconstructible
class OnlyPDF:
    """Validates the file of a row that was given now; one that is kept already is not read again."""

    def __call__(self, kept):
        if not kept._committed:
            refuse_unless_pdf(kept.file)

    def __eq__(self, other):
        return isinstance(other, OnlyPDF)

    __hash__ = object.__hash__


def refuse_unless_pdf(file):
    """Raise ValidationError with words for a person, unless the file's bytes are those of a PDF of a sensible size."""
    if file.size > MOST_BYTES:
        raise ValidationError(
            _("The file is larger than %d MB. Save it with a smaller resolution.") % (MOST_BYTES >> 20)
        )
    file.seek(0)
    begins = file.read(5) == b"%PDF-"
    file.seek(max(0, file.size - END))
    ends = file.read().rstrip(b"\0\t\n\f\r ").endswith(b"%%EOF")
    file.seek(0)
    if not begins:
        raise ValidationError(_("This is not a PDF, whatever its name says. Save the document as PDF and choose that."))
    if not ends:
        raise ValidationError(
            _("The PDF is cut off, or something else follows its end. Save it again, or ask for a whole copy.")
        )
