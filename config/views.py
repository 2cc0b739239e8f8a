"""What spans the apps: the home page, and whether the service is well."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partnerships.charts.bars import year_bars
from partnerships.dates import Precision
from partnerships.memory import Remembered
from partnerships.models import Agreement, Contribution, Event, Funder, Organization, Person, Project
from partnerships.views.atlas import chosen
from partnerships.views.conditional import conditional
from partnerships.views.head import list_address
from partnerships.views.mapped import map_of_all
from stories.models import NewsItem

from .heads import head_of_home

FIGURES = (Organization, Agreement, Project, Funder, Contribution, Event, Person, NewsItem)
YEARS_SHOWN = 25
SECURITY_HOLDS = timedelta(days=180)


@login_not_required
@require_safe
@conditional
def home(request):
    """What this is, in one screen: the figures, the map, the newest stories, what ends soon."""
    today, user = timezone.localdate(), request.user
    mapped, remembered = chosen(request), Remembered(user)
    agreements = Agreement.objects.visible_to(user)
    soon = agreements.in_force(today).filter(ends_on__range=(today, today + timedelta(days=365)))
    counts = remembered.get("figures", lambda: [model.objects.visible_to(user).count() for model in FIGURES])
    figures = [(count, model._meta, list_address(model)) for model, count in zip(FIGURES, counts, strict=True)]
    stories = NewsItem.objects.visible_to(user).originals().for_list(user)[:6]
    context = {
        "head": head_of_home(request, figures),
        "example": example(stories),
        "figures": figures,
        "map": map_of_all(request, mapped, remembered),
        "stories": stories,
        "ends_soon": soon.order_by("ends_on", "pk").for_list(user)[:6],
        **remembered.get("signatures", lambda: signatures(agreements, today)),
    }
    return render(request, "home.html", context)


def example(stories):
    """A question such as “EU Niger 2019” that finds at least the newest story which has all three, or ""."""
    for story in stories:
        partner = next((one.acronym for one in story.organizations.all() if one.acronym), "")
        country = next((one.name for one in story.countries.all()), "")
        day = story.published_on or story.event_start_on
        if partner and country and day:
            return f"{partner} {country} {day.year}"
    return ""


def signatures(agreements, today):
    """The bars of agreements signed in each of the last years, how many before, and how many have no such year."""
    signed = agreements.exclude(signed_on=None).order_by()
    known_by = Count("pk", filter=Q(signed_on_precision=Precision.BY))
    rows = list(signed.values_list("signed_on__year").annotate(undated=known_by, all=Count("pk")))
    first = today.year - YEARS_SHOWN
    # “By that day” is no year of signature; the list behind each bar leaves these out, too.
    counts = {year: count - undated for year, undated, count in rows if count > undated}
    shown = {year: count for year, count in counts.items() if year >= first}
    return {
        "bars": year_bars(shown),
        "signed_shown": sum(shown.values()),
        "signed_before": sum(counts.values()) - sum(shown.values()),
        "signed_undated": sum(undated for _year, undated, _count in rows),
        "unsigned": agreements.filter(signed_on=None).count(),
    }


@login_not_required
@require_safe
def robots(request):
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def security(request):
    """RFC 9116: whom to tell of a weakness, in a file that must say until when it holds."""
    if not settings.SECURITY_CONTACT:
        raise Http404(_("This register has not said whom to tell of a weakness."))
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {timezone.now() + SECURITY_HOLDS:%Y-%m-%dT00:00:00Z}",
        f"Preferred-Languages: {', '.join(code.partition('-')[0] for code, _name in settings.LANGUAGES)}",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@never_cache
def health(request):
    """200 while the database answers; otherwise 503, with the time after which to ask again."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503, headers={"Retry-After": "5"})
    return JsonResponse({"status": "ok"})
