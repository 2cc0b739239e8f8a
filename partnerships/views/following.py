"""A list as a feed or a calendar, for whoever wants to hear of what is new: `/agreements/feed/atom/?partner=fifa`.

The question is the list's own. Whoever asks, the answer is the one for visitors: readers keep it and pass it on.
"""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from partnerships.describing import summary, tag_of
from partnerships.describing.dates import DATED, calendar_entry
from partnerships.exports import ical, table_of
from partnerships.exports.file_names import file_name

from .conditional import conditional
from .head import list_address
from .question import address, pairs, problems
from .sentence import named

FORMATS = {"atom": Atom1Feed, "rss": Rss201rev2Feed}
MOST_ENTRIES = 50
MOST_DATES = 1000


def as_visitor(view):
    """Decorate a view whose answer is the same for everybody."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        request.user = AnonymousUser()
        return view(request, *args, **kwargs)

    return answered


@method_decorator([login_not_required, as_visitor, conditional], name="dispatch")
class FollowingView(View):
    """`list_view` is the list that is followed; its FilterSet says what the question means."""

    list_view = None

    def get(self, request, **kwargs):
        self.list = self.list_view()
        self.list.setup(request)
        records = self.list.model.objects.visible_to(request.user)
        self.filterset = self.list.filterset_class(request.GET, records, request=request, without={"as_of"})
        if not self.filterset.is_valid():
            said = "\n".join(f"{problem.name}: {problem.message}" for problem in problems(self.filterset))
            return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")
        response = self.answer(**kwargs)
        if request.changed_at:
            response["Last-Modified"] = http_date(request.changed_at)
        return get_conditional_response(request, last_modified=request.changed_at, response=response)

    @property
    def title(self):
        """What the list shows, without a number that changes."""
        return f"Concord: {named(self.filterset, self.list.phrases)}"

    @property
    def list_address(self):
        asked = pairs(self.request.GET)
        path = self.request.build_absolute_uri(list_address(self.list.model))
        return path + (address(asked) if asked else "")


class FeedView(FollowingView):
    """The records changed last, as Atom (RFC 4287) or RSS 2.0."""

    def answer(self, format):
        absolute = self.request.build_absolute_uri
        feed = FORMATS[format](
            title=self.title,
            link=self.list_address,
            description=str(self.list.introduction),
            language=get_language(),
            feed_url=absolute(),
            author_name="Concord",
        )
        records = self.filterset.qs
        if not self.filterset.form.cleaned_data.get("ordering"):
            records = records.order_by("-updated_at", "-pk")
        for record in self.list.for_rows(records)[:MOST_ENTRIES]:
            feed.add_item(
                title=writable(record),
                link=absolute(record.get_absolute_url()),
                description=writable(summary(record)),
                unique_id=tag_of(record),
                unique_id_is_permalink=False,
                updateddate=record.updated_at,
                # Atom tells apart when an entry came out and when it was changed; RSS has one date only.
                pubdate=record.updated_at if format == "rss" else None,
            )
        return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def writable(text):
    """The text without the control characters that no XML document may contain."""
    return "".join(
        character for character in str(text) if character in "\t\n" or character.isprintable() or ord(character) > 159
    )


class CalendarView(FollowingView):
    """The events, or the ends of the agreements, that the list finds: the newest MOST_DATES."""

    def answer(self):
        model, absolute = self.list.model, self.request.build_absolute_uri
        records = self.list.for_rows(self.list.in_order(self.filterset).filter(DATED[model]))[:MOST_DATES]
        title = _("%s, their ends") % self.title if model.noun == "agreement" else self.title
        text = ical.calendar(title, [calendar_entry(record, absolute) for record in records], get_language())
        name = file_name(table_of(model).name, self.request.GET, timezone.localdate(), "ics")
        return HttpResponse(
            text, content_type=ical.MEDIA_TYPE, headers={"Content-Disposition": f'inline; filename="{name}"'}
        )
