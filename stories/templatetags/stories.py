"""What the stories give to other pages: the evidence for a record, and the stories about it.

The register's templates ask for them by these tags, so that the register never has to import the stories.
"""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from partnerships.templatetags.register import as_written, named
from partnerships.views.base import Section, units_of
from stories.models import Evidence, NewsItem

register = template.Library()
MOST_QUOTED = 12
PROVED = ("agreement", "project", "contribution", "indicator")
TOLD_OF = ("organization", "agreement", "project", "event", "person", "country", "region")


@register.simple_tag(takes_context=True)
def evidence_for(context, record):
    """The Section of passages that prove what the register says about this record, newest story first; None for a noun
    that is proved by nothing of its own."""
    if record.noun not in PROVED:
        return None
    user = context["request"].user
    proving = Evidence.objects.visible_to(user).proving(record).with_story().with_target(user)
    return Section(_("Evidence"), proving.order_by("-story__listed_on", "-story_id", "pk"), most=MOST_QUOTED)


@register.simple_tag(takes_context=True)
def stories_about(context, record):
    """The Section of the newest stories about this record, with the address of the list that has them all; or None."""
    if record.noun not in TOLD_OF:
        return None
    user = context["request"].user
    found, question = _about(NewsItem.objects.visible_to(user), record, user)
    more = reverse("stories:story-list") + "?" + urlencode(question)
    title = _("Stories in which this person speaks or acts") if record.noun == "person" else _("Stories")
    return Section(title, found.for_list(user), more, most=6)


@register.simple_tag(takes_context=True)
def stories_shared(context, partners):
    """The Section of the newest stories about all of these partners, each with its units."""
    user = context["request"].user
    found = NewsItem.objects.visible_to(user)
    for partner in partners:
        found = found.with_partner(list(partner.ids), user)
    question = urlencode([("partner_all", partner.organization.slug) for partner in partners])
    return Section(_("Stories"), found.for_list(user), f"{reverse('stories:story-list')}?{question}", most=20)


@register.filter
def told_as(evidence):
    """What a piece of evidence supports, in a few words."""
    if evidence.contribution_id:
        funders = " + ".join(funder.short_name for funder in evidence.contribution.funders.all())
        if not funders:
            return _("a contribution")
        return format_html(_("the contribution of %s") % "{}", as_written(funders))
    return named(target_of(evidence))


@register.filter
def target_of(evidence):
    """The record with a page that a piece of evidence supports."""
    if evidence.measurement_id:
        return evidence.measurement.indicator
    return evidence.commitment.agreement if evidence.commitment_id else evidence.target


def _about(stories, record, user):
    """The stories, and the filter of their list that finds the same ones."""
    match record.noun:
        case "organization":
            return stories.with_partner(units_of(record, user), user), {"partner": record.slug}
        case "country":
            return stories.in_countries([record.pk]), {"country": record.alpha2}
        case "region":
            return stories.in_regions([record.pk]), {"region": record.slug}
        case "person":
            return stories.filter(speakers__person=record), {"person": record.slug}
    return stories.filter(**{f"{record.noun}s": record}), {record.noun: record.slug}
