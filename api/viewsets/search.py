"""One question to all nouns at once."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from api.citing import CitedView
from api.errors import BadQuestion
from api.filters import refuse_unknown
from api.links import NAMES, Links
from api.serializers.search import HitSerializer, SearchSerializer
from partnerships.filters import TextField, refusal
from partnerships.search import ranked

MOST_HITS = 50


class SearchView(CitedView, APIView):
    """Records of every kind in which all the words occur, the best first.

    Whole names come first, then hits in titles, then in texts. Case and accents do not count; "words in quotation marks"
    must stand together; the last word may be a beginning. For more than the first 50, ask a noun's own list with `q`.

    - `/search/?q=trafficking in persons`
    - `/search/?q=INTPA`
    """

    @extend_schema(
        operation_id="search",
        parameters=[OpenApiParameter("q", str, required=True, description="The words to look for.")],
        responses=SearchSerializer,
    )
    def get(self, request):
        refuse_unknown(request, ["q"])
        ranking = ranked(self.words(request), request.user, limit=MOST_HITS)
        render = HitSerializer(context={"links": Links(request)}).to_representation
        counts = {NAMES[model]: count for model, count in ranking.counts.items()}
        return Response({"counts": counts, "results": [render(record) for record in self.records(ranking.hits)]})

    def words(self, request):
        try:
            text = TextField(required=False).clean(request.query_params.get("q", ""))
        except ValidationError as error:
            raise BadQuestion({"q": error}) from None
        if not text:
            raise BadQuestion({"q": refusal(_("Say what to look for, such as q=corruption in sport."))})
        return text

    def records(self, hits):
        """The records of the hits in their order, each noun read at once."""
        ids = {}
        for hit in hits:
            ids.setdefault(hit.model, []).append(hit.pk)
        found = {}
        for model, keys in ids.items():
            visible = model.objects.visible_to(self.request.user).filter(pk__in=keys)
            # A contribution is named after its funders and what it pays for; other nouns know their own names.
            visible = visible.for_list(self.request.user) if NAMES[model] == "contribution" else visible
            found |= {(model, record.pk): record for record in visible}
        return [found[hit.model, hit.pk] for hit in hits if (hit.model, hit.pk) in found]
