"""What the register's records have beyond places: they are written, by whoever has a token for it."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.metadata import BaseMetadata
from rest_framework.response import Response

from api.errors import Conflict
from api.filters import refuse_unknown
from api.links import Links
from api.models import Scope
from api.parsers import RecordParser
from api.permissions import RecordPermission
from api.writing.bulk import Bulk
from api.writing.draft import RecordDraft
from api.writing.nouns import SHAPES
from api.writing.preconditions import etag, require_match
from api.writing.reader import Reader
from api.writing.refusals import BadBody
from api.writing.repeats import answered_once
from api.writing.turns import turn
from partnerships import actions
from partnerships.filters import refusal
from partnerships.models import PublicationState
from partnerships.publication import may_change, may_move
from partnerships.versions.bin import discard

from .base import ADDRESS, RegisterViewSet

WRITE, PUBLISH = Scope.WRITE, Scope.PUBLISH


class Description(BaseMetadata):
    """The answer to OPTIONS: what there is to do here; the fields are in the OpenAPI description."""

    def determine_metadata(self, request, view):
        return {"name": view.get_view_name(), "description": view.get_view_description()}


class RecordViewSet(RegisterViewSet):
    """A noun of the register: read by everybody, written with a token.

    Every change is one transaction; it names the version that it was made for (If-Match) and is answered with the record
    as it stands afterwards. `deeds` says which scope and which permission on the model each action needs.
    """

    permission_classes = [RecordPermission]
    parser_classes = [RecordParser]
    metadata_class = Description
    deeds = {
        "create": (WRITE, "add"),
        "update": (WRITE, "change"),
        "partial_update": (WRITE, "change"),
        "destroy": (WRITE, "delete"),
        "bulk": (WRITE, None),  # each operation asks for its own
        "publish": (PUBLISH, "change"),
        "review": (PUBLISH, "change"),
        "archive": (PUBLISH, "change"),
        "draft": (PUBLISH, "change"),
    }

    @property
    def shape(self):
        return SHAPES[self.model]

    def reader(self):
        return Reader(self.request.user, reason=f"API, token {self.request.auth}")

    def tagged(self, response, record):
        """With what those need who write: the version to send back in If-Match, and whether the record is public."""
        if self.request.auth is not None:
            response["ETag"] = etag(record)
            response.data["state"] = record.state
        return response

    def create(self, request):
        refuse_unknown(request)
        return answered_once(request, lambda: self.written(self.model(), partial=False, code=status.HTTP_201_CREATED))

    @extend_schema(parameters=[ADDRESS])
    def update(self, request, slug, partial=False):
        refuse_unknown(request)
        with turn():
            return self.written(self.locked(slug), partial)

    @extend_schema(parameters=[ADDRESS])
    def partial_update(self, request, slug):
        return self.update(request, slug, partial=True)

    @extend_schema(parameters=[ADDRESS])
    def destroy(self, request, slug):
        refuse_unknown(request)
        with turn():
            record = self.locked(slug)
            self.reader().sign(record)
            discard(record, request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @action(methods=["post"], detail=False)
    def bulk(self, request):
        refuse_unknown(request)
        return answered_once(request, lambda: Response(Bulk(self, self.reader()).run(self.body())))

    @extend_schema(exclude=True)
    @bulk.mapping.get
    def called_bulk(self, request):
        """A record may have the slug “bulk”, and is read like any other."""
        self.action = "retrieve"
        return self.retrieve(request, "bulk")

    @extend_schema(parameters=[ADDRESS])
    @action(methods=["post"], detail=True)
    def publish(self, request, slug):
        return self.move(slug, actions.publish, PublicationState.PUBLISHED)

    @extend_schema(parameters=[ADDRESS])
    @action(methods=["post"], detail=True)
    def review(self, request, slug):
        return self.move(slug, actions.send_to_review, PublicationState.IN_REVIEW)

    @extend_schema(parameters=[ADDRESS])
    @action(methods=["post"], detail=True)
    def archive(self, request, slug):
        return self.move(slug, actions.archive, PublicationState.ARCHIVED)

    @extend_schema(parameters=[ADDRESS])
    @action(methods=["post"], detail=True)
    def draft(self, request, slug):
        return self.move(slug, actions.return_to_draft, PublicationState.DRAFT)

    def locked(self, slug):
        """The record, held until the transaction ends, if it is in the version that the request was made for.

        Raises NotFound, PermissionDenied, PreconditionRequired or Stale.
        """
        found = self.get_queryset().at(slug).select_for_update().first() if "\0" not in slug else None
        if found is None:
            raise NotFound
        require_change(self.request.user, found)
        require_match(self.request, found)
        return found

    def written(self, instance, partial, code=status.HTTP_200_OK):
        """Take the request's body into the instance, and answer with the record."""
        reader = self.reader()
        draft = RecordDraft(self.shape, instance, reader)
        draft.take(self.body(), partial)
        reader.refusals.raise_any()
        record = draft.save()
        reader.refusals.raise_any()
        return self.answer(record, code)

    def body(self):
        """What was sent. Raises BadBody if that is nothing: an empty PATCH by mistake must not look like a change."""
        if self.request.stream is None:
            raise BadBody({"record": [refusal(_("Send a body, with its Content-Length."))]})
        return self.request.data

    def answer(self, record, code=status.HTTP_200_OK):
        record = self.with_record(self.get_queryset()).get(pk=record.pk)
        response = self.tagged(Response(self.get_serializer(record).data, status=code), record)
        if code == status.HTTP_201_CREATED:
            response["Location"] = Links(self.request).resource(record)
        return response

    def move(self, slug, deed, state):
        """Bring the record into another state of publication, by the same rules as at the desk."""
        refuse_unknown(self.request)
        if self.request.data:
            raise BadBody({"record": [refusal(_("The address says it all: send no body."))]})

        def moved():
            record = self.locked(slug)
            if not may_move(self.request.user, record, state):
                raise PermissionDenied(_("The token's owner does not publish or archive these records."))
            outcome = deed(records=[record], by=self.request.user, via=self.reader().reason)
            if outcome.refused:
                raise Conflict(" ".join(str(reason) for reason in outcome.refused[0][1]))
            return self.answer(record)

        return answered_once(self.request, moved)


def require_change(user, record):
    """Raise PermissionDenied unless the user may change, or delete, this record as it stands."""
    if not may_change(user, record):
        raise PermissionDenied(
            _("“%(record)s” is %(state)s: it is changed by those who publish.")
            % {"record": record, "state": record.get_state_display()}
        )
