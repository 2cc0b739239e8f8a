"""Who works with whom: the organizations that share agreements and projects, as a drawing and as a table."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from partnerships.charts.network import Network, network
from partnerships.describing.site import breadcrumbs
from partnerships.filtersets import NetworkFilterSet
from partnerships.memory import Remembered
from partnerships.models import Agreement, Country, Organization, Project, Region
from partnerships.models.geography import in_alphabet
from partnerships.money import figure
from partnerships.reporting import Pairs, pairs, pairs_of
from partnerships.wording import counted

from .atlas import the_same_question
from .conditional import conditional
from .head import WORTH_FINDING, Head, list_address, picture_of_register
from .question import address, chips, controls, kept, normal_pairs, problems
from .question import pairs as pairs_in
from .sentence import sentence
from .together import together_address

MOST_DRAWN = 150  # organizations
MOST_PAIRS = 400
MOST_AROUND = 24  # one organization
INTRODUCTION = gettext_lazy(
    "Organizations that are parties to the same agreements or have a part in the same projects, as participants or as "
    "funders. What two of them share is counted with the units below each."
)


@dataclass(frozen=True)
class Shared:
    """Two organizations and what they share; each address is that of the list of it, or "" where there is nothing."""

    one: Organization
    other: Organization
    agreements: int
    projects: int
    agreements_address: str
    projects_address: str

    @property
    def address(self):
        return together_address(self.one, self.other)

    @property
    def kind(self):
        if not self.projects:
            return "agreements"
        return "both" if self.agreements else "projects"

    @property
    def text(self):
        """“UNODC and FIFA: 1 agreement, 2 projects”."""
        counts = ((self.agreements, "agreement"), (self.projects, "project"))
        names = {"one": self.one.short_name, "other": self.other.short_name}
        what = ", ".join(counted(count, noun) for count, noun in counts if count)
        return _("%(one)s and %(other)s: %(what)s") % {**names, "what": what}


@dataclass(frozen=True)
class Web:
    """A drawn network: `lines` are pairs of an edge and what it stands for, `circles` of a node, its organization and words."""

    drawing: Network
    lines: list
    circles: list
    shared: list[Shared]
    pairs: Pairs
    sentence: str


def web(found, user, question=(), middle=None):
    """The Web of these Pairs. `question` are the pairs of which the linked lists are asked beside the partners."""
    drawn = strongest(found.strongest)
    ids = {pk for pair in drawn for pk in (pair.one, pair.other)}
    known = {one.pk: one for one in Organization.objects.visible_to(user).filter(pk__in=ids)}
    drawn = [pair for pair in drawn if pair.one in known and pair.other in known]
    shared = [_shared(pair, known, question, middle) for pair in drawn]
    drawing = network(
        [(pair.one, pair.other, pair.shared) for pair in drawn],
        {pk: one.short_name for pk, one in known.items()},
        middle and middle.pk,
    )
    partners = dict.fromkeys(known, 0)
    for pair in drawn:
        partners[pair.one] += 1
        partners[pair.other] += 1
    return Web(
        drawing=drawing,
        lines=[(edge, shared[edge.at]) for edge in drawing.edges],
        circles=[(node, known[node.key], _worded(known[node.key], partners[node.key])) for node in drawing.nodes],
        shared=shared,
        pairs=found,
        sentence=_sentence_of(middle, found, len(drawn)) if middle else _sentence(found, len(known), len(drawn)),
    )


def strongest(found):
    """The first of these pairs, as long as no more than MOST_DRAWN organizations are in them."""
    kept, ids = [], set()
    for pair in found:
        if len(ids | {pair.one, pair.other}) <= MOST_DRAWN:
            ids |= {pair.one, pair.other}
            kept.append(pair)
    return kept


def _shared(pair, known, question, middle):
    one, other = known[pair.one], known[pair.other]
    if (middle and other.pk == middle.pk) or (not middle and other.short_name.casefold() < one.short_name.casefold()):
        one, other = other, one
    both = [*question, *(("partner_all", slug) for slug in sorted((one.slug, other.slug)))]
    addresses = (
        list_address(model) + address(both) if count else ""
        for model, count in ((Agreement, pair.agreements), (Project, pair.projects))
    )
    return Shared(one, other, pair.agreements, pair.projects, *addresses)


def _worded(organization, partners):
    words = {"name": organization.name, "count": partners}
    text = ngettext(
        "%(name)s: works with %(count)s of those drawn", "%(name)s: works with %(count)s of those drawn", partners
    )
    return text % words


def _sentence(found, organizations, drawn):
    """“63 pairs of organizations share something. All of them are drawn.”"""
    if not found.count:
        return ""
    told = ngettext(
        "%(count)s pair of organizations shares agreements or projects.",
        "%(count)s pairs of organizations share agreements or projects.",
        found.count,
    ) % {"count": figure(found.count)}
    if drawn == found.count:
        return told
    left = {
        "drawn": figure(drawn),
        "organizations": figure(organizations),
        "more": figure(found.count - drawn),
        "hidden": figure(found.organizations - organizations),
    }
    cut = _(
        "The %(drawn)s that share most are drawn, between %(organizations)s organizations; %(more)s weaker pairs are not, "
        "and with them %(hidden)s organizations."
    )
    return f"{told} {cut % left}"


def _sentence_of(organization, found, drawn):
    """“UNODC shares agreements or projects with 51 organizations. The 24 with which it shares most are drawn.”"""
    told = ngettext(
        "%(name)s shares agreements or projects with %(count)s organization.",
        "%(name)s shares agreements or projects with %(count)s organizations.",
        found.count,
    ) % {"name": organization.short_name, "count": figure(found.count)}
    if drawn == found.count:
        return told
    return f"{told} {_('The %s with which it shares most are drawn.') % figure(drawn)}"


def web_of(organization, ids, user):
    """The Web of an organization and those that it works with, or None where there are none."""
    found = Remembered(user).get(
        ("partners of", organization.pk), lambda: pairs_of(organization, ids, user, most=MOST_AROUND)
    )
    return web(found, user, middle=organization) if found.count else None


@method_decorator([login_not_required, conditional], name="dispatch")
class NetworkView(TemplateView):
    template_name = "partnerships/network.html"

    def get(self, request, *args, **kwargs):
        asked = pairs_in(request.GET)
        if len(asked) < sum(len(values) for _name, values in request.GET.lists()):
            return HttpResponseRedirect(request.path + (address(asked) if asked else ""))
        # Before anything is read, so that what is remembered is never older than it says.
        self.remembered = Remembered(request.user)
        filterset = NetworkFilterSet(request.GET, Organization.objects.visible_to(request.user), request=request)
        title = _("Partner network")
        if filterset.is_valid():
            answer, status = self.answer(filterset), 200
        else:
            answer, status = {"problems": list(problems(filterset))}, 400
        context = self.get_context_data(
            page_title=title,
            introduction=INTRODUCTION,
            is_narrowed=bool(asked),
            head=self.head(filterset, title, answer),
            **answer,
            **self.form_context(filterset),
        )
        return self.render_to_response(context, status=status)

    def answer(self, filterset):
        found = self.remembered.get(("network", self.key(filterset)), lambda: self.find(filterset))
        question = [pair for pair in pairs_in(self.request.GET) if pair[0] in filterset.OF_RECORDS]
        return {
            "web": web(found, self.request.user, question),
            "sentence": sentence(filterset, found.organizations, {}),
            "chips": list(chips(filterset)),
        }

    def key(self, filterset):
        return frozenset(normal_pairs(self.request.GET, filterset.form.cleaned_data))

    def find(self, filterset):
        records = [the_same_question(model, self.request, filterset.OF_RECORDS)[0] for model in filterset.models]
        types = filterset.asked("type", ())
        return pairs(records, self.request.user, types=types, fewest=filterset.least, most=MOST_PAIRS)

    def form_context(self, filterset):
        organizations = Organization.objects.visible_to(self.request.user).order_by("name").values_list("slug", "name")
        suggestions = {
            "partner": list(organizations[:250]),
            "country": [(one.alpha2, one.name) for one in in_alphabet(Country.objects.all())],
            "region": [(one.slug, one.name) for one in in_alphabet(Region.objects.all())],
        }
        shown = list(controls(filterset, suggestions, without=(*filterset.UNASKED, "year")))
        return {"controls": shown, "kept": list(kept(filterset, {control.name for control in shown}))}

    def head(self, filterset, title, answer):
        absolute = self.request.build_absolute_uri
        asked = pairs_in(self.request.GET)
        words = sorted(self.key(filterset)) if "web" in answer else []
        told = answer.get("sentence") if asked else None
        return Head(
            title=f"{title}: {told}" if told else title,
            description=f"{told or title}. {INTRODUCTION}",
            canonical=absolute(self.request.path + (address(words) if words else "")),
            picture=picture_of_register(self.request),
            is_thin=len(asked) > 1 or any(name not in WORTH_FINDING for name, _v in asked) or "web" not in answer,
            data=[breadcrumbs((_("Home"), absolute(reverse("home"))), (title, absolute(self.request.path)))],
        )
