"""A record's page as a picture, for the sites that show one beside a link to it."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import View

from partnerships.charts.card import can_show, card
from partnerships.describing import summary
from partnerships.models import Country
from partnerships.reporting import dimensions_of, facet

from .conditional import conditional

MOST_PLACES = 250


@login_not_required
@require_safe
@conditional
def picture_of_register(request):
    """Beside a link to any page that is not a record's."""
    with override(_drawable_language()):
        lead = _("Who works with whom, under which agreements, where, with whose money, and which dated story says so.")
        return _answer(card("", _("A register of partnerships"), lead))


def _drawable_language():
    """That of the address, or English where the fonts do not have its letters."""
    return get_language() if can_show(_("Home")) else "en"


def _answer(content):
    response = HttpResponse(content, content_type="image/png")
    response["Cache-Control"] = "max-age=3600"
    return response


@method_decorator([login_not_required, conditional], name="dispatch")
class PictureView(View):
    """What every visitor may see, whoever asks. In the language of the address where the fonts have its letters."""

    model = None

    def get(self, request, *args, address, **kwargs):
        visitor = AnonymousUser()
        records = self.model.objects.visible_to(visitor).at(address)
        record = (records.for_list(visitor) if hasattr(records, "for_list") else records).first()
        if record is None or record.slug != address:
            raise Http404
        with override(_drawable_language()):
            kind, title, text = capfirst(str(self.model._meta.verbose_name)), str(record), summary(record)
        if not can_show(title):
            kind, title = "", kind
        return _answer(card(kind, title, text if can_show(text) else "", self.places(record, visitor)))

    def places(self, record, visitor):
        """Where the countries are that the record names."""
        if isinstance(record, Country):
            countries = [record]
        elif "country" in dimensions_of(self.model):
            found = facet(self.model.objects.filter(pk=record.pk), "country", visitor, most=MOST_PLACES)
            countries = Country.objects.filter(alpha2__in=[one.value for one in found.values])
        else:
            countries = []
        return [(one.latitude, one.longitude) for one in countries if one.latitude is not None]
