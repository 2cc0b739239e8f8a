"""Reads a request's body: JSON within limits, exact, and with the place of what is wrong in it."""

import json
import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

LARGEST_BODY = 5 * 1024 * 1024
DEEPEST = 20
UNKEPT = re.compile("[\0\ud800-\udfff]")


class TooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = _("A body has at most 5 MB. Send fewer records at once.")


class RecordParser(BaseParser):
    """JSON (RFC 8259) without its loopholes: a name given twice, NaN, NUL and halves of characters are refused."""

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None):
        length = parser_context["request"].META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > LARGEST_BODY:
            raise TooLarge
        data = stream.read(LARGEST_BODY + 1)
        if len(data) > LARGEST_BODY:
            raise TooLarge
        return decode(data)


def decode(data):
    """The value that these bytes write, with numbers as int or Decimal. Raises ParseError."""
    try:
        found = json.loads(
            data.decode(), parse_float=Decimal, parse_constant=refuse_constant, object_pairs_hook=without_twins
        )
    except UnicodeDecodeError as error:
        raise ParseError(_("The body is not UTF-8: look at byte %s.") % error.start) from None
    except json.JSONDecodeError as error:
        place = {"what": error.msg, "line": error.lineno, "column": error.colno}
        raise ParseError(_("The body is not JSON: %(what)s, line %(line)s, column %(column)s.") % place) from None
    except RecursionError:
        raise ParseError(_("The body is nested too deeply.")) from None
    except ValueError as error:
        raise ParseError(_("The body cannot be read: %s.") % str(error).rstrip(".")) from None
    inspect(found)
    return found


def refuse_constant(name):
    raise ValueError(f"{name} is no number of JSON")


def without_twins(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"“{printable(twin)}” is given twice in one object")
    return found


def inspect(found):
    """Refuse what no record can hold, wherever it stands. Not recursive: how deep it goes is what is asked."""
    waiting = [("", found, 0)]
    while waiting:
        place, value, depth = waiting.pop()
        if depth > DEEPEST:
            raise ParseError(_("The body is nested too deeply."))
        if isinstance(value, dict):
            for name, inner in value.items():
                refuse_characters(name, place)
                waiting.append((f"{place}.{name}", inner, depth + 1))
        elif isinstance(value, list):
            waiting += [(f"{place}.{index}", inner, depth + 1) for index, inner in enumerate(value)]
        elif isinstance(value, str):
            refuse_characters(value, place)


def refuse_characters(text, place):
    if UNKEPT.search(text):
        message = _("The text at “%s” has a NUL or half of a character, which cannot be kept.")
        raise ParseError(message % printable(place.lstrip(".")))


def printable(text):
    return text.encode("utf-8", "replace").decode()[:100]
