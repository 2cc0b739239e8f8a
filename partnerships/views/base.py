"""What every list page and every record page does alike: the gate, the question, the address.

A noun's module says only what is its own. The pages work without scripts, and are public: what may be seen is decided by
`visible_to`, never by the view.
"""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from partnerships.exports import table_of
from partnerships.models import Country, Organization, Region
from partnerships.models.geography import in_alphabet
from partnerships.models.tree import ids_below
from partnerships.reporting import Counts, dimensions_of
from partnerships.wording import counted

from .conditional import conditional
from .follow_links import following
from .head import head_of_list, head_of_record
from .question import Problem, address, chips, controls, kept, orders, pairs, problems, question_of
from .rail import groups, key_of, repairs
from .sentence import sentence

ROWS_PER_PAGE = 25
# The most partners and countries that a page should carry as suggestions; every other one can still be typed.
MOST_SUGGESTED = 250


@method_decorator([login_not_required, conditional], name="dispatch")
class RegisterListView(TemplateView):
    """One page of a noun, narrowed by its FilterSet; a question that cannot be answered is a 400 that says why."""

    template_name = "partnerships/list.html"
    model = None
    filterset_class = None
    introduction = ""
    phrases = {}
    own = ("page",)  # the parameters that are no filter, but the page's own
    # The filters of which the rail counts each value.
    facets = ("partner", "country", "year")

    def get(self, request, *args, **kwargs):
        asked = pairs(request.GET)
        if len(asked) < sum(len(values) for _name, values in request.GET.lists()):
            # The form sends its empty fields; the address that people copy should not carry them.
            return HttpResponseRedirect(request.path + (address(asked) if asked else ""))
        # Before anything is read, so that what is remembered is never older than it says.
        self.counts = Counts(request.user)
        visible = self.model.objects.visible_to(request.user)
        filterset = self.filterset_class(request.GET, visible, request=request, also=self.own, without={"as_of"})
        answer, status = self.answer(filterset)
        title = capfirst(self.model._meta.verbose_name_plural)
        context = self.get_context_data(
            model=self.model._meta,
            introduction=self.introduction,
            page_title=title,
            head=head_of_list(request, filterset, title, self.introduction, answer),
            **answer,
            **self.form_context(filterset, visible),
        )
        return self.render_to_response(context, status=status)

    def answer(self, filterset):
        """The page of rows and 200, or the problems and the status that they deserve."""
        found = list(problems(filterset)) if not filterset.is_valid() else []
        number = self.request.GET.get("page", "1")
        if not (number.isascii() and number.isdecimal() and len(number) < 10 and int(number)):
            message = _("“%s” is not the number of a page.") % number
            found.append(Problem("page", message, _("page 1"), self.page_address(1)))
        if found:
            return {"problems": found}, 400
        paginator = Paginator(self.in_order(filterset), ROWS_PER_PAGE)
        paginator.count = self.counts.number(key_of(filterset), lambda: filterset.qs)
        if int(number) > paginator.num_pages:
            last = paginator.num_pages
            message = _("There is no page %(page)s: the list ends with page %(last)s.")
            problem = Problem(
                "page", message % {"page": number, "last": last}, _("page %s") % last, self.page_address(last)
            )
            return {"problems": [problem]}, 404
        page = paginator.page(int(number))
        page.object_list = self.rows(page.object_list)
        return {
            "sentence": sentence(filterset, paginator.count, self.phrases),
            "chips": list(chips(filterset)),
            "orders": list(orders(filterset)),
            "facets": list(groups(filterset, self.facets, self.counts)),
            "page": page,
            "records": page.object_list,
            "repairs": [] if paginator.count else list(repairs(filterset, self.counts)),
            "pages": self.page_links(page),
            "map": self.atlas(filterset),
            "downloads": self.download_links(),
            "following": list(following(self.model, self.asked())),
        }, 200

    def rows(self, records):
        """These records with what a row shows. Only ids are sorted, and skipped on the way to a page deep in the list."""
        ids = list(records.values_list("pk", flat=True))
        visible = self.model.objects.visible_to(self.request.user)
        found = {record.pk: record for record in self.for_rows(visible.filter(pk__in=ids))}
        return [found[pk] for pk in ids if pk in found]

    def in_order(self, filterset):
        """Rows that are equal in the list's own order are ordered by their number, or pages would overlap."""
        records = filterset.qs
        if filterset.form.cleaned_data.get("ordering"):
            return records
        usual = self.model._meta.ordering
        return records.order_by(*usual, *([] if "-pk" in usual else ["pk"]))

    def for_rows(self, records):
        """With what a row shows, in a fixed number of statements."""
        return records.for_list(self.request.user)

    def atlas(self, filterset):
        """The map of what the question finds, where the noun has one."""
        return None

    def form_context(self, filterset, visible):
        suggestions = {
            **self.suggestions(visible),
            "region": [(one.slug, one.name) for one in in_alphabet(Region.objects.all())],
        }
        shown = list(controls(filterset, suggestions, without=self.facets_only))
        names = {control.name for control in shown}
        return {
            "search": next(control for control in shown if control.name == "q"),
            "controls": [control for control in shown if control.name != "q"],
            "kept": list(kept(filterset, names)),
            "is_narrowed": bool(question_of(self.request.GET)),
        }

    @property
    def facets_only(self):
        """The filters that the rail offers value by value, with no field in the form."""
        return [name for name in self.facets if name not in ("partner", "country")]

    def suggestions(self, visible):
        """The partners and countries that meet this noun at all, by their names."""
        names = [name for name in ("partner", "country") if name in dimensions_of(self.model)]
        found = self.counts.facets((self.model, "all"), lambda: visible, names, MOST_SUGGESTED)
        options = {name: [(one.value, one.label) for one in facet.values] for name, facet in found.items()}
        if "country" not in options:
            options["country"] = [(one.alpha2, one.name) for one in Country.objects.all()]
        return {name: sorted(pairs, key=lambda pair: pair[1].casefold()) for name, pairs in options.items()}

    def asked(self):
        """The question as pairs, without what is the page's own."""
        return [(name, value) for name, value in pairs(self.request.GET) if name not in self.own]

    def page_address(self, number):
        asked = question_of(self.request.GET)
        return address(asked + ([("page", number)] if number > 1 else []))

    def download_links(self):
        """(format, address) of files with all rows of the same question."""
        path = f"/api/v1/{table_of(self.model).name}/"
        return [
            (format.upper(), path + address([*self.asked(), ("format", format)]))
            for format in ("csv", "xlsx", "ndjson")
        ]

    def page_links(self, page):
        """(number or "", address) around the current page; "" stands for the pages left out."""
        numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        return [(number, self.page_address(number)) if isinstance(number, int) else ("", "") for number in numbers]


class Section:
    """Some records on another record's page, with the list that shows all of them."""

    def __init__(
        self, title, records, more="", more_text="", most=10, note=None, missed=True, drawing=None, pictures=()
    ):
        """`records` is a QuerySet (counted only if it is longer than `most`) or a list; `note(record)` ends a row.
        A `drawing` of the records stands in the place of their rows, `pictures` of their money above them.

        `missed` says that a reader would expect it, so that its absence is told.
        """
        self.title, self.more, self.more_text, self.missed = title, more, more_text, missed
        self.drawing, self.pictures = drawing, pictures
        rows = list(records[: most + 1])
        self.count = (
            len(rows) if len(rows) <= most else (len(records) if isinstance(records, list) else records.count())
        )
        self.rows = rows[:most]
        for row in self.rows if note else ():
            row.row_note = note(row)

    @property
    def anchor(self):
        """Its place on the page, whatever alphabet the title has."""
        return slugify(str(self.title), allow_unicode=True)

    @property
    def is_cut(self):
        return self.count > len(self.rows)

    @property
    def counted(self):
        return counted(self.count, self.rows[0].noun) if self.rows else ""


@method_decorator([login_not_required, conditional], name="dispatch")
class RegisterDetailView(TemplateView):
    """One record, at the address that it has today; ids and former addresses lead there."""

    model = None
    api_name = ""

    def get(self, request, *args, address, **kwargs):
        visible = self.model.objects.visible_to(request.user)
        record = self.for_page(visible.at(address)).first() or self.formerly(visible, address)
        if record.slug != address:
            return redirect(record, permanent=True)
        self.record = record
        return self.render_to_response(self.get_context_data(record=record, **self.about(record)))

    def for_page(self, records):
        return records.for_detail(self.request.user)

    def formerly(self, visible, address):
        former = visible.once_at(address).first() if hasattr(visible, "once_at") else None
        if former is None:
            raise Http404(_("The register has no %s at this address.") % visible.model._meta.verbose_name)
        return former

    def about(self, record):
        """What this noun's page shows beside the record itself."""
        return {"sections": self.filled(self.sections(record))}

    def question(self, record):
        """The filter that narrows lists to what is tied to this record, if they can be followed so."""
        return {}

    def sections(self, record):
        return []

    def filled(self, sections):
        self.empty = [section.title for section in sections if section.missed and not section.count]
        return [section for section in sections if section.count]

    def get_context_data(self, **context):
        record = context["record"]
        return super().get_context_data(
            **context,
            model=record._meta,
            empty=getattr(self, "empty", []),
            head=head_of_record(self.request, record),
            follow=address(list(self.question(record).items())) if self.question(record) else "",
            here=self.request.build_absolute_uri(record.get_absolute_url()),
            api_address=self.request.build_absolute_uri(f"/api/v1/{self.api_name}/{record.slug}/"),
        )


def asking(noun, **question):
    """The address of a noun's list with this question: `asking("agreement", partner="fifa")`."""
    return reverse(f"partnerships:{noun}-list") + address(list(question.items()))


def units_of(organization, user):
    """The ids of this organization and of the units below it, as far as this user sees them."""
    visible = Organization.objects.visible_to(user)
    return list(visible.filter(pk__in=ids_below(Organization, [organization.pk])).values_list("pk", flat=True))
