"""Files that the register keeps: documents of records, and the pictures of stories."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from partnerships.models import Document

from .base import LeanSerializer, ReducedDate, label


@extend_schema_field(OpenApiTypes.URI)
class FileField(serializers.Field):
    """Where a file is to be had."""

    def __init__(self, help_text):
        super().__init__(source="*", read_only=True, help_text=help_text)

    def to_representation(self, row):
        return self.context["links"].root + row.file.url


class DocumentSerializer(LeanSerializer):
    """A document that the register keeps, byte by byte as it was given."""

    url = FileField("Where the PDF is to be had.")
    category_label = label("get_category_display")
    dated_on = ReducedDate("The document's own date.")
    sha256 = serializers.CharField(read_only=True, help_text="The SHA-256 of the file's bytes, in hexadecimal.")
    size = serializers.IntegerField(read_only=True, help_text="In bytes.")
    published = serializers.BooleanField(
        source="public", read_only=True, help_text="Whether visitors may read it, too; they are told of no other."
    )

    class Meta:
        model = Document
        fields = [
            "title",
            "category",
            "category_label",
            "language",
            "dated_on",
            "description",
            "url",
            "sha256",
            "size",
            "published",
        ]
