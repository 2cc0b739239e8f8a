"""Documents as they were read. Their text stays as it is: it is what the stories can be checked against."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from partnerships.admin.fields import DeskFields
from partnerships.admin.related import STATE, linked_table, list_address
from stories.models import NewsItem, SourceDocument


@admin.register(SourceDocument)
class SourceDocumentAdmin(DeskFields, admin.ModelAdmin):
    list_display = ["title", "file_name", "language", "stories_count", "read_at"]
    list_filter = ["language"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["title", "file_name"]
    search_help_text = _("Title or file name")
    readonly_fields = ["file_name", "sha256", "read_at", "text", "stories_here"]
    fieldsets = [
        (None, {"fields": ["title", "language", "source_url"]}),
        (_("The file"), {"fields": ["file_name", "sha256", "read_at"]}),
        (_("Stories read from it"), {"fields": ["stories_here"]}),
        (_("Its text"), {"fields": ["text"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request):
        # A whole book may stand in `text`; only the page of the document itself reads it.
        stories = NewsItem.objects.filter(source_document=OuterRef("pk")).order_by().values("source_document")
        counted = Coalesce(Subquery(stories.annotate(how_many=Count("pk")).values("how_many")), 0)
        return super().get_queryset(request).defer("text").annotate(how_many=counted)

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("stories"), ordering="how_many")
    def stories_count(self, document):
        return document.how_many

    @admin.display(description=_("stories"))
    def stories_here(self, document):
        stories = document.stories.defer("body").order_by("source_line", "pk")
        every = list_address(NewsItem, source_document__id__exact=document.pk)
        return linked_table(stories, [(_("line"), lambda story: story.source_line or "–"), STATE], every=every)
