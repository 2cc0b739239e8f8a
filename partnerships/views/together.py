"""What two or three organizations share: agreements, projects, money, events and stories.

Each section is the list that `partner_all=` finds for the same organizations, the units below each included.
"""

from dataclasses import dataclass

from babel.lists import format_list
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships.filters import RecordField
from partnerships.models import Agreement, Contribution, Event, Organization, Project
from partnerships.money import locale
from partnerships.wording import separated, span

from .base import MOST_SUGGESTED, Section, units_of
from .conditional import conditional
from .drawing import draw
from .question import Problem, address, pairs

FEWEST, MOST = 2, 3


@dataclass(frozen=True)
class Partner:
    """An organization with the ids of itself and of the units below it."""

    organization: Organization
    ids: tuple


def together_address(*organizations):
    """The address of what these share: one for each set, whatever the order in which they are named."""
    return reverse("partnerships:together", args=["/".join(sorted(one.slug for one in organizations))])


@login_not_required
@require_safe
@conditional
def choose(request):
    """A plain form for two or three partners, named by their addresses, acronyms or former names."""
    named = [value for name, value in pairs(request.GET) if name == "partner"]
    organizations, problems = read(named, request.user)
    if not problems and len(organizations) >= FEWEST:
        return redirect(together_address(*organizations))
    return choice(request, named, problems, status=400 if problems else 200)


@login_not_required
@require_safe
@conditional
def together(request, addresses):
    """What these organizations share; any other way to name the same ones leads to their one address."""
    named = addresses.strip("/").split("/")
    organizations, problems = read(named, request.user)
    if problems:
        return choice(request, named, problems, status=404)
    if len(organizations) < FEWEST:
        return redirect(reverse("partnerships:together-choose") + address([("partner", organizations[0].slug)]))
    if request.path != together_address(*organizations):
        return redirect(together_address(*organizations), permanent=True)
    organizations.sort(key=lambda one: one.slug)
    return render(request, "partnerships/together.html", shared_by(organizations, request.user))


def read(named, user):
    """The organizations of these names, each once, and a Problem for each name that is none."""
    field = RecordField(Organization.objects.all(), user, required=False)
    found, problems = {}, []
    for word in named[: MOST + 1]:
        try:
            (organization,) = field.clean([word])
            found[organization.pk] = organization
        except ValidationError as error:
            suggestion = getattr(error, "suggestion", None) or ""
            better = address([("partner", suggestion if one == word else one) for one in named]) if suggestion else ""
            problems.append(Problem(word, " ".join(error.messages), suggestion, better))
    if len(named) > MOST:
        problems.append(Problem(named[MOST], _("At most %s organizations are put side by side.") % MOST))
    return list(found.values()), problems


def choice(request, named, problems, status):
    """The form, with what is wrong about the names."""
    visible = Organization.objects.visible_to(request.user)
    context = {
        "problems": problems,
        "fields": [(number + 1, (named + [""] * MOST)[number]) for number in range(MOST)],
        "suggestions": list(visible.order_by("name").values_list("slug", "name")[:MOST_SUGGESTED]),
    }
    return render(request, "partnerships/together_choose.html", context, status=status)


def shared_by(organizations, user):
    """What the page shows."""
    partners = [Partner(one, tuple(units_of(one, user))) for one in organizations]
    sections = sections_of(partners, user)
    agreements, projects = sections[:2]
    return {
        "partners": partners,
        "title": format_list([one.short_name for one in organizations], locale=locale()),
        "sections": [section for section in sections if section.count],
        "empty": [section.title for section in sections if not section.count],
        "drawing": draw(agreements.rows, user, projects=projects.rows, count=agreements.count + projects.count),
    }


def sections_of(partners, user):
    def section(title, model, *prefetched, note=None):
        records = model.objects.visible_to(user)
        for partner in partners:
            records = records.with_partner(list(partner.ids), user)
        more = reverse(f"partnerships:{model.noun}-list") + together_question(partners)
        return Section(title, records.for_list(user).prefetch_related(*prefetched), more, most=20, note=note)

    ids = {pk for partner in partners for pk in partner.ids}
    under = Prefetch("agreements", Agreement.objects.visible_to(user))
    return [
        section(_("Agreements"), Agreement, note=lambda agreement: parties_of(agreement, ids)),
        section(_("Projects"), Project, under, note=lambda project: roles(project, ids)),
        section(_("Contributions"), Contribution),
        section(_("Events"), Event, note=lambda event: roles(event, ids)),
    ]


def together_question(partners):
    """The question of a list for what all of them take part in."""
    return address([("partner_all", partner.organization.slug) for partner in partners])


def parties_of(agreement, ids):
    """“UNODC: party from the beginning; FIFA: party since 2020”, of these organizations."""
    return "; ".join(_party(party) for party in agreement.parties.all() if party.organization_id in ids)


def _party(party):
    name = party.organization.short_name
    if party.joined:
        return _("%(party)s: party %(period)s") % {"party": name, "period": span(party.joined, party.withdrew)}
    if party.withdrew:
        words = {"party": name, "when": party.withdrew.say("when")}
        return _("%(party)s: party from the beginning, withdrew %(when)s") % words
    return _("%(party)s: party from the beginning") % {"party": name}


def roles(record, ids):
    """“UNODC: implementing, accountable; GIZ: funding”, of these organizations in a project or an event."""
    found = {}
    for one in record.participations.all():
        if one.organization_id in ids:
            found.setdefault(one.organization.short_name, []).append(str(one.get_role_display()))
    return "; ".join(
        _("%(name)s: %(roles)s") % {"name": name, "roles": separated(dict.fromkeys(said))}
        for name, said in found.items()
    )
