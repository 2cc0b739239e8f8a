"""The page in its other languages."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.urls import get_script_prefix
from django.utils.translation import get_language, get_language_info

register = template.Library()


@dataclass(frozen=True)
class Version:
    """A page in one language: `name` is the language's own, `address` has the same question."""

    code: str
    name: str
    direction: str
    address: str
    is_current: bool


@register.simple_tag(takes_context=True)
def versions(context):
    """The Version of this page in each language; none where there is no request, as on the page of a server error."""
    request = context.get("request")
    if request is None:
        return []
    found = []
    for code, name in settings.LANGUAGES:
        direction = "rtl" if get_language_info(code)["bidi"] else "ltr"
        address = address_in(code, request.get_full_path())
        found.append(Version(code, name, direction, address, code == get_language()))
    return found


@register.filter
def absolute(address, request):
    return request.build_absolute_uri(address)


def address_in(code, address):
    """The address of a page of the active language in another one."""
    root = get_script_prefix()
    rest = address.removeprefix(root + _prefix(get_language()))
    return root + _prefix(code) + rest


def _prefix(code):
    return "" if code == settings.LANGUAGE_CODE else f"{code}/"
