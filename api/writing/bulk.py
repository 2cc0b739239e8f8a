"""Many changes to records of one noun in one request: all of them, or none."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException

from api.errors import Conflict, Stale, as_api_exception
from api.links import Links
from api.permissions import require
from partnerships.filters import nearest, refusal
from partnerships.publication import may_change
from partnerships.versions.bin import discard

from .draft import RecordDraft
from .preconditions import stale

MOST = 500
DEEDS = {"create": "add", "update": "change", "delete": "delete"}
FIELDS = {"create": {"op", "record"}, "update": {"op", "at", "version", "record"}, "delete": {"op", "at", "version"}}


class Bulk:
    """`{"operations": [{"op": "update", "at": "fifa", "version": 3, "record": {…}}, …]}`

    Operations are done in their order, so that one may name what an earlier one made. An update leaves alone what it
    leaves out, as PATCH does. Every error is reported with its operation; with one error, nothing is written.
    """

    def __init__(self, view, reader):
        self.view, self.reader, self.refusals = view, reader, reader.refusals
        self.worst = None  # the APIException that the answer will be, if it is not about the bodies themselves

    def run(self, body):
        """Call it in a transaction. Returns the answer's data; raises BadBody, Stale, Conflict or PermissionDenied."""
        operations = self.operations(body)
        results = []
        for index, operation in enumerate(operations):
            with self.refusals.at("operations", index):
                results += self.reader.attempt(self.do, operation)
        if self.refusals.any and self.worst is not None:
            self.worst.errors = self.refusals.listed()
            raise self.worst
        self.refusals.raise_any()
        return {"results": results}

    def operations(self, body):
        operations = body.get("operations") if isinstance(body, dict) and set(body) == {"operations"} else None
        if not isinstance(operations, list):
            self.refusals.add(refusal(_("Write {“operations”: […]} with a list of operations.")), "operations")
        elif not 1 <= len(operations) <= MOST:
            self.refusals.add(refusal(_("Between 1 and %s operations are done at once.") % MOST), "operations")
        self.refusals.raise_any()
        return operations

    def do(self, operation):
        """One operation's line of the answer. Raises ValidationError; what the body is to blame for is noted."""
        op = operation.get("op") if isinstance(operation, dict) else None
        if not isinstance(op, str) or op not in DEEDS:
            message = _("Say in “op” what to do: %s.") % ", ".join(DEEDS)
            raise refusal(message, nearest(op, DEEDS) if isinstance(op, str) else None)
        if surplus := set(operation) - FIELDS[op]:
            name = min(surplus)
            raise refusal(_("There is no field “%s” here.") % name, nearest(name, FIELDS[op]))
        require(self.reader.user, DEEDS[op], self.view.model)
        try:
            # The savepoint lets the rest be looked at after one has failed.
            with transaction.atomic():
                return getattr(self, op)(operation)
        except (IntegrityError, ProtectedError, APIException) as problem:
            problem = as_api_exception(problem)
            if not isinstance(problem, Stale | Conflict):
                raise
            self.worst = (
                Conflict() if isinstance(problem, Conflict) else Stale(_("Nothing was written: see the errors."))
            )
            raise ValidationError(str(problem.detail)) from None

    def create(self, operation):
        return self.write(self.view.model(), operation, partial=False)

    def update(self, operation):
        return self.write(self.there(operation), operation, partial=True)

    def delete(self, operation):
        record = self.there(operation)
        line = self.line("delete", record)
        self.reader.sign(record)
        discard(record, self.reader.user)
        self.reader.forget(record)
        return line | {"version": None}

    def write(self, record, operation, partial):
        draft = RecordDraft(self.view.shape, record, self.reader)
        before = self.refusals.count
        with self.refusals.at("record"):
            draft.take(operation.get("record", {}), partial)
            if self.refusals.count == before:
                draft.save()
        return self.line(operation["op"], draft.instance) if self.refusals.count == before else None

    def there(self, operation):
        """The record that the operation names, in the version that it names."""
        at, version = operation.get("at"), operation.get("version")
        if isinstance(at, bool) or not isinstance(at, str | int):
            raise refusal(_("Say in “at” which record: its slug or id."))
        if type(version) is not int:
            raise refusal(_("Say in “version” which version of the record is meant, as its answer has it."))
        found = self.view.get_queryset().at(at).select_for_update().first()
        if found is None:
            raise refusal(_("“%s” is not in the register.") % str(at)[:120])
        if not may_change(self.reader.user, found):
            raise refusal(
                _("“%(record)s” is %(state)s: it is changed by those who publish.")
                % {"record": found, "state": found.get_state_display()}
            )
        if version != found.version:
            raise stale(found)
        return found

    def line(self, op, record):
        return {
            "op": op,
            "id": record.pk,
            "url": Links(self.view.request).resource(record),
            "slug": record.slug,
            "version": record.version,
        }
