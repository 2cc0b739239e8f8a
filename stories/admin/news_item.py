"""Stories at the desk, with pictures, links, speakers, evidence and the reader's proposals on one page."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.admin.dated import words
from partnerships.admin.inlines import PartInline
from partnerships.admin.record import RecordAdmin
from partnerships.forms import HOW_TO_WRITE
from stories.filtersets import NewsItemFilterSet
from stories.models import NewsItem, Speaker, StoryImage, StoryLink

from .evidence import StoryEvidenceInline
from .proposal import ProposalInline


class ImageInline(PartInline):
    model = StoryImage
    fields = ["source_url", "credit", "caption", "alt_text"]


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
    search_help_text = _("Title, summary, or an organization by any of its names")
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

    @admin.display(description=_("date"), ordering="listed_on")
    def listed(self, story):
        return story.listed or "–"

    @admin.display(description=_("organizations"))
    def about(self, story):
        return words(list(story.organizations.all()))

    @admin.display(description=_("countries"))
    def where(self, story):
        return words([*story.countries.all(), *story.regions.all()])
