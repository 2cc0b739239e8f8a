"""What the OpenAPI description says about writing."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS

from .bodies import components, ref
from .repeats import LONGEST

__all__ = ["WRITING", "WritingSchema", "components"]

WRITING = """\
**Writing** needs a token that is made at the desk (`Authorization: Bearer concord_…`) and the version that you
change: GET the record with your token (the answer then has its `state`, too), and send its `ETag` back as `If-Match`.
What GET answers can be changed and PUT back; fields that are only read are ignored, and unknown ones refused. A PATCH
leaves alone what it leaves out. Rows, such as an agreement's `parties`, are written with their record: given, a list
replaces what was there. A new record is a draft, and is published by POST to `publish/` below it. A POST with an
`Idempotency-Key` can be sent again after a cut connection.
"""
IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": '^(W/)?"[!-~]+"$'},
    OpenApiParameter.HEADER,
    required=True,
    description='The ETag that a GET with your token has answered, such as `"agreement-12-v7"`, quotation marks included.',
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": "^[ -~]+$"},
    OpenApiParameter.HEADER,
    description="A key of your own, such as a UUID. Sent again with it within 24 hours, the same request gets the first "
    "answer again, and nothing is made twice.",
)
MOVES = ("publish", "review", "archive", "draft")
CHANGES = ("update", "partial_update", "destroy", *MOVES)
BODIES = {"create": "Write", "update": "Write", "partial_update": "Patch", "bulk": "Bulk"}
PROBLEMS_OF_WRITING = {
    "409": "The register as it stands does not allow it, such as deleting what others point to.",
    "412": "The record has another version by now, which `version` and `etag` give.",
    "413": "The body is larger than 5 MB.",
    "415": "The body is not sent as application/json.",
    "422": "This Idempotency-Key came with another request before.",
    "428": "If-Match is missing.",
}
# Only these actions meet them; the others are possible wherever something is written.
MET_BY = {
    "412": (*CHANGES, "bulk"),
    "413": (*BODIES,),
    "422": ("create", "bulk", *MOVES),
    "428": CHANGES,
}
ENTITY_TAG = {"ETag": {"schema": {"type": "string"}, "description": "The version, to be sent back in If-Match."}}
LOCATION = {"Location": {"schema": {"type": "string", "format": "uri"}, "description": "Its address."}}
REPLAYED = {
    "Idempotency-Replayed": {
        "schema": {"type": "string", "const": "true"},
        "description": "This is the answer that an earlier request with the same key got.",
    }
}


class BulkLineSerializer(serializers.Serializer):
    """What became of one operation."""

    op = serializers.ChoiceField(["create", "update", "delete"])
    id = serializers.IntegerField()
    url = serializers.URLField()
    slug = serializers.CharField()
    version = serializers.IntegerField(allow_null=True, help_text="Its version by now; null if it was deleted.")


class BulkAnswerSerializer(serializers.Serializer):
    """One line for each operation, in their order."""

    results = BulkLineSerializer(many=True)


class WritingSchema:
    """For an AutoSchema: bodies, headers, answers and problems of the actions that write."""

    @property
    def writes(self):
        return getattr(self.view, "action", None) in getattr(self.view, "deeds", ())

    def get_auth(self):
        """Reading needs no token, and drafts one; writing needs one."""
        return [*super().get_auth(), {}] if self.method in SAFE_METHODS else super().get_auth()

    def get_override_parameters(self):
        if not self.writes:
            return []
        found = [IF_MATCH] if self.view.action in CHANGES else []
        return [*found, IDEMPOTENCY_KEY] if self.method == "POST" else found

    def _get_request_body(self, direction="request"):
        name = BODIES.get(self.view.action) if self.writes else None
        schema = name and ref(f"{self.view.model.__name__}{name}")
        return schema and {"content": {"application/json": {"schema": schema}}, "required": True}

    def get_response_serializers(self):
        bulk = self.writes and self.view.action == "bulk"
        return BulkAnswerSerializer if bulk else super().get_response_serializers()

    def _get_response_bodies(self, direction="response"):
        responses = super()._get_response_bodies(direction)
        if self.writes and self.method != "DELETE":
            created, changed = self.view.action == "create", self.view.action != "bulk"
            responses["201" if created else "200"]["headers"] = {
                **(ENTITY_TAG if changed else {}),
                **(LOCATION if created else {}),
                **(REPLAYED if self.method == "POST" else {}),
            }
        return responses

    def problems_of_writing(self):
        if not self.writes:
            return {}
        action = self.view.action
        return {
            status: words for status, words in PROBLEMS_OF_WRITING.items() if action in MET_BY.get(status, [action])
        }


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema):
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "concord_<id>_<secret>",
            "description": "A token is made at the desk, under “API tokens”, and shown once. It ends after 90 days unless "
            "another day was chosen. Scopes: `read`, `write`, `publish`.",
        }
