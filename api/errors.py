"""Errors as problem documents (RFC 9457): one shape for everything that can go wrong, and words that name the way out."""

import json
from http import HTTPStatus

from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.db import IntegrityError, OperationalError
from django.db.models import ProtectedError
from django.http import Http404, HttpResponse
from rest_framework import exceptions, serializers
from rest_framework.views import set_rollback

from partnerships.models import EditConflict

MEDIA_TYPE = "application/problem+json"
NOTHING_HERE = "There is nothing at this address."


class BadQuestion(exceptions.APIException):
    """The question's parameters cannot be understood. `errors` maps each to its ValidationErrors, as forms do."""

    status_code = 400
    default_detail = "The question cannot be answered as it was asked. Each error names its parameter."

    def __init__(self, errors):
        super().__init__()
        self.errors = [
            {
                "parameter": name,
                "message": " ".join(str(message) for message in error.messages),
                "suggestion": getattr(error, "suggestion", None),
            }
            for name, found in errors.items()
            for error in ([found] if isinstance(found, ValidationError) else found)
        ]


class Unavailable(exceptions.APIException):
    status_code = 503
    default_detail = "The register cannot be reached at the moment. Try again in a few seconds."
    wait = 5


class Conflict(exceptions.APIException):
    """The register as it stands does not allow it."""

    status_code = 409
    default_detail = (
        "The register refused this: two rows contradict each other, or somebody has just written the same. "
        "Read the record again and repeat the change."
    )


class Stale(exceptions.APIException):
    """The record is no longer the one that the change was made for. `extra` says how it stands, where that is known."""

    status_code = 412

    def __init__(self, detail, **extra):
        super().__init__(detail)
        self.extra = extra


class ParameterErrorSerializer(serializers.Serializer):
    """One parameter, or one place of a body, that could not be understood."""

    parameter = serializers.CharField(
        help_text="The parameter's name as it was sent, or the place in the body, such as `parties.0.organization`."
    )
    message = serializers.CharField(help_text="What is wrong, and what would be right.")
    suggestion = serializers.CharField(allow_null=True, help_text="The name or value that was probably meant.")


class ProblemSerializer(serializers.Serializer):
    """A problem document (RFC 9457)."""

    type = serializers.CharField(help_text="`about:blank`: the status says which kind of problem it is.")
    title = serializers.CharField(help_text="The status in words.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    detail = serializers.CharField(help_text="What went wrong, and what to do about it.")
    instance = serializers.CharField(help_text="The path that was asked for.")
    errors = ParameterErrorSerializer(many=True, required=False, help_text="One entry for each parameter at fault.")
    version = serializers.IntegerField(required=False, help_text="With 412: the version that the record has by now.")
    etag = serializers.CharField(required=False, help_text="With 412: what If-Match would have to be by now.")


def problem_handler(exc, context):
    """The answer to an exception in a view, or None for a fault of ours, which then becomes a 500 and is logged."""
    exc = as_api_exception(exc)
    if exc is None:
        return None
    set_rollback()
    problem = {
        "type": "about:blank",
        "title": HTTPStatus(exc.status_code).phrase,
        "status": exc.status_code,
        "detail": str(exc.detail) if isinstance(exc.detail, str) else "The request cannot be understood.",
        "instance": context["request"].path,
    }
    if errors := getattr(exc, "errors", None):
        problem["errors"] = errors
    problem |= getattr(exc, "extra", {})
    headers = {}
    if getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = exc.auth_header
    if getattr(exc, "wait", None):
        headers["Retry-After"] = str(int(exc.wait))
    # Not a DRF Response: a problem is a problem whatever format the question asked for.
    return HttpResponse(
        json.dumps(problem, ensure_ascii=False), status=exc.status_code, content_type=MEDIA_TYPE, headers=headers
    )


def as_api_exception(exc):
    match exc:
        case exceptions.NotFound() | Http404():
            # Always the same words: a draft's address must look like an address that nothing ever had.
            return exceptions.NotFound(NOTHING_HERE)
        case exceptions.APIException():
            return exc
        case PermissionDenied():
            return exceptions.PermissionDenied()
        case SuspiciousOperation():
            return exceptions.ParseError("The request was refused: it has too many parameters or malformed ones.")
        case EditConflict():
            return Stale(str(exc))
        case ProtectedError():
            return Conflict(
                f"Nothing was deleted: {pointing_here(exc.protected_objects)} would lose what it points to."
            )
        case IntegrityError():
            return Conflict()
        case OperationalError():
            return Unavailable()
    return None


def pointing_here(records, most=10):
    """The names of records that point to another: “project “CRIMJUST”, party “FIFA””, and how many more."""
    records = sorted(records, key=lambda record: (record._meta.label, record.pk))
    named = [f"{record._meta.verbose_name} “{record}” ({record.pk})" for record in records[:most]]
    more = len(records) - most
    return ", ".join(named) + (f" and {more} more" if more > 0 else "")
