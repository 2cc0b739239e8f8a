"""Stories at the desk, with pictures, links, speakers, evidence and the reader's proposals on one page."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from partnerships.admin.dated import words
from partnerships.admin.inlines import PartInline
from partnerships.admin.record import RecordAdmin
from partnerships.forms import HOW_TO_WRITE, PartialDateForm
from partnerships.models import Organization
from partnerships.search import matching_ids
from stories.filtersets import NewsItemFilterSet
from stories.models import NewsItem, Speaker, StoryImage, StoryLink

from .evidence import StoryEvidenceInline
from .proposal import ProposalInline


class ImageForm(PartialDateForm):
    """The file is drawn anew while the form is checked; it is kept when the row is."""

    picture = forms.FileField(
        label=_("file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_("PNG, JPEG or WebP, 15 MB at most. Where and how it was taken is not kept."),
    )

    def clean_picture(self):
        if file := self.cleaned_data["picture"]:
            self.instance.take(file)
        return file


class ImageInline(PartInline):
    model = StoryImage
    form = ImageForm
    fields = ["shown", "picture", "credit", "alt_text", "caption", "source_url"]
    readonly_fields = ["shown"]

    @admin.display(description=_("picture"))
    def shown(self, image):
        if not image.renditions:
            return "–"
        small = image.pictures[0]
        sides = format_html('width="{}" height="{}"', 96, round(96 * small.height / small.width))
        return format_html('<img src="{}" {} alt="{}">', small.url, sides, image.alt_text)


class LinkInline(PartInline):
    model = StoryLink
    fields = ["title", "url"]


class SpeakerInline(PartInline):
    model = Speaker
    fields = ["person", "capacity"]
    autocomplete_fields = ["person"]


@admin.register(NewsItem)
class NewsItemAdmin(RecordAdmin):
    filterset = NewsItemFilterSet
    partner_link, country_link = "stories", "stories"
    list_display = ["title", "listed", "about", "where", "language"]
    list_filter = ["language"]
    date_hierarchy = "listed_on"
    ordering = ["-listed_on", "-pk"]
    search_fields = ["title", "summary", "organizations__name", "organizations__acronym", "organizations__names__name"]
    search_help_text = _("Words of the title, the summary or the text, or an organization by any of its names")
    autocomplete_fields = [
        "organizations",
        "countries",
        "regions",
        "agreements",
        "projects",
        "events",
        "goals",
        "same_story_as",
        "source_document",
    ]
    inlines = [ProposalInline, StoryEvidenceInline, SpeakerInline, ImageInline, LinkInline]
    fieldsets = [
        (None, {"fields": ["title", "language"]}),
        (_("When"), {"fields": ["published_on", ("event_start", "event_end")], "description": HOW_TO_WRITE}),
        (_("What it says"), {"fields": ["summary", "body"]}),
        (_("Whom and what it is about"), {"fields": ["organizations", "countries", "regions", "goals"]}),
        (_("What it tells of in the register"), {"fields": ["agreements", "projects", "events"]}),
        (_("Where it comes from"), {"fields": ["source_url", "same_story_as", ("source_document", "source_line")]}),
    ]

    def get_search_results(self, request, queryset, search_term):
        # To look for a word inside a hundred thousand stories takes seconds; the register's index knows where it is.
        if not search_term.strip():
            return queryset, False
        named = matching_ids(Organization, search_term)
        about = NewsItem.organizations.through.objects.filter(organization__in=named).values("newsitem")
        return queryset.filter(Q(pk__in=matching_ids(NewsItem, search_term)) | Q(pk__in=about)), False

    @admin.display(description=_("date"), ordering="listed_on")
    def listed(self, story):
        return story.listed or "–"

    @admin.display(description=_("organizations"))
    def about(self, story):
        return words(list(story.organizations.all()))

    @admin.display(description=_("countries"))
    def where(self, story):
        return words([*story.countries.all(), *story.regions.all()])
