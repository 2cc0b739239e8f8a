"""Files at the desk: the box that takes one, and the documents on a record's page."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from partnerships.files.fields import KeptFileField
from partnerships.models import Document

from .inlines import PartInline


class Shown:
    """A kept file as the box names it: what it is called inside would tell nobody anything."""

    def __init__(self, file):
        self.url = file.url

    def __str__(self):
        return str(_("the file kept here"))


class KeptFileInput(AdminFileWidget):
    def __init__(self, accept):
        super().__init__(attrs={"accept": accept})

    def format_value(self, value):
        return Shown(value) if self.is_initial(value) else None


class DocumentInline(PartInline):
    """Each takes a few lines: what it is, the file, and who may read it."""

    model = Document
    template = "admin/edit_inline/stacked.html"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title", "category"),
                    ("file", "checksum"),
                    ("language", "dated", "public"),
                    "description",
                ]
            },
        )
    ]
    readonly_fields = ["checksum"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, KeptFileField):
            kwargs["widget"] = KeptFileInput(accept="application/pdf,.pdf")
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "description":
            field.widget.attrs["rows"] = 2
        return field

    @admin.display(description=_("size and SHA-256"))
    def checksum(self, document):
        if not document.sha256:
            return "–"
        return format_html("{}, <code>{}</code>", filesizeformat(document.size), document.sha256)
