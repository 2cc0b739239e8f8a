"""What has happened since: for whoever keeps a copy of the register."""

from django.db.models import F
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from api.citing import CitedView
from api.errors import BadQuestion
from api.filters import array, refuse_unknown
from api.links import NAMES, Links, list_path
from api.serializers.change import ChangesSerializer
from partnerships.filters import MOST_VALUES, nearest, refusal
from partnerships.models import LedgerLine
from partnerships.models.record import sees_drafts

PAGE_SIZE = 100
LARGEST_PAGE = 1000
NOW = "now"
MODELS = {name: model for model, name in NAMES.items()}
BY_LABEL = {model._meta.label_lower: model for model in NAMES}


class ChangesView(CitedView, APIView):
    """Every change of the register, in order and without gaps: to keep a copy of it in step.

    Read the lists once, and note the `data_version` of the first answer. From then on ask
    `/changes/?since=<data_version>`, and fetch again what was `published` or `changed`, drop what was `removed`, and
    follow `next`; it is always there, so keep it for next time. A record has a line when its own answer changes:
    its fields and rows, its links, and the names of the records that it names. What follows from the date alone, such
    as a status, changes without one.

    - What has changed since I made this table? `/changes/?since=1200`
    - From today on `/changes/?since=now`
    - Only agreements `/changes/?noun=agreement`
    """

    @extend_schema(
        operation_id="changes",
        parameters=[
            OpenApiParameter(
                "since",
                {"type": "string", "pattern": r"^(\d{1,18}|now)$"},
                description="The number of the last change that is known: a `data_version`, or what `next` says. `now` "
                "begins with what comes next; without it, the answer begins with the first change.",
            ),
            OpenApiParameter(
                "noun",
                array({"type": "string", "enum": list(MODELS)}),
                explode=True,
                description="Only changes of records of this kind. Repeat it for any of several.",
            ),
            OpenApiParameter(
                "page_size",
                {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE},
                description="Changes on a page.",
            ),
        ],
        responses=ChangesSerializer,
    )
    def get(self, request):
        since, nouns, size = self.read(request.query_params)
        lines = list(self.lines(since, nouns)[:size])
        # The head was read first. Up to there, a page that is not full has shown everything.
        last = lines[-1]["line_number"] if lines else since
        last = last if len(lines) == size else max(last, self.data_version.number)
        links = Links(request)
        return Response(
            {
                "next": self.address(last),
                "data_version": str(self.data_version.number),
                "changed_at": self.data_version.changed_at,
                "results": [self.row(line, links) for line in lines],
            }
        )

    def read(self, parameters):
        """The number to begin after, the models asked for (none for all) and the page's size. Raises BadQuestion."""
        refuse_unknown(self.request, ["since", "page_size"], repeated=["noun"])
        errors, newest = {}, self.data_version.number
        since, size = parameters.get("since", "").strip(), parameters.get("page_size", "").strip()
        if since == NOW:
            since = str(newest)
        if since and not is_number(since, 18):
            errors["since"] = refusal(
                _("“%s” is no number of a change. Take it from “next”.") % since, nearest(since, [NOW])
            )
        elif int(since or 0) > newest:
            message = _("There is no change number %(since)s yet: the last one is %(newest)s. Take it from “next”.")
            errors["since"] = refusal(message % {"since": since, "newest": newest})
        if size and not (is_number(size, 4) and 1 <= int(size) <= LARGEST_PAGE):
            errors["page_size"] = refusal(_("A page has between 1 and %s rows.") % LARGEST_PAGE)
        nouns = [word for value in parameters.getlist("noun") if (word := value.strip())]
        if len(nouns) > MOST_VALUES:
            errors["noun"] = refusal(_("At most %s values are possible here.") % MOST_VALUES)
        elif unknown := [noun for noun in nouns if noun not in MODELS]:
            message = _("“%(word)s” is not possible here. Possible are: %(values)s.")
            values = {"word": unknown[0], "values": ", ".join(MODELS)}
            errors["noun"] = refusal(message % values, nearest(unknown[0], MODELS))
        if errors:
            raise BadQuestion(errors)
        return int(since or 0), [MODELS[noun] for noun in nouns], int(size or PAGE_SIZE)

    def lines(self, since, models):
        """The lines after this number, as the asker may know them: visitors have a numbering of their own."""
        if sees_drafts(self.request.user):
            columns = {"line_number": F("number"), "line_slug": F("slug"), "line_verb": F("verb")}
            lines = LedgerLine.objects.filter(number__gt=since).order_by("number")
        else:
            columns = {"line_number": F("public_number"), "line_slug": F("public_slug"), "line_verb": F("public_verb")}
            lines = LedgerLine.objects.filter(public_number__gt=since).order_by("public_number")
        if models:
            lines = lines.filter(noun__in=[model._meta.label_lower for model in models])
        return lines.values("at", "noun", "object_id", **columns)

    def row(self, line, links):
        model = BY_LABEL[line["noun"]]
        is_gone = line["line_verb"] == LedgerLine.Verb.REMOVED
        return {
            "number": line["line_number"],
            "at": line["at"],
            "noun": NAMES[model],
            "id": line["object_id"],
            "slug": line["line_slug"],
            "url": None if is_gone else f"{links.root}{list_path(model)}{line['line_slug']}/",
            "verb": line["line_verb"],
        }

    def address(self, since):
        parameters = self.request.query_params.copy()
        parameters["since"] = since
        return self.request.build_absolute_uri(f"{self.request.path}?{parameters.urlencode()}")


def is_number(word, digits):
    return word.isascii() and word.isdecimal() and len(word) <= digits
