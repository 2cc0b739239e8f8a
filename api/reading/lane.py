"""The fast lane: from a visitor's request to the bytes of its answer in one statement, or NotHere."""

import re
from functools import cache, lru_cache

from django.conf import settings
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.http import HttpResponse
from django.urls import resolve
from django.utils.http import http_date, parse_etags

from api.citing import VARIES, cite, last_modified, make_etag
from api.errors import BadQuestion
from api.links import root_of
from api.pagination import KeysetPagination, Ordering
from partnerships import ties
from partnerships.reporting import MOST_VALUES

from . import cards, memory, pages
from .listing import MEDIA_TYPE, named, splice
from .names import names

ROOT = "/api/v1/"
PARAMETERS = frozenset(("q", "partner", "country", "year", "cursor", "page_size", "count", "facets"))
REPEATED = ("partner", "country")
SLUG = re.compile(r"[-a-z0-9_]{1,120}")


class NotHere(Exception):
    """The ordinary way answers this."""


def leads_here(environ):
    """Whether a WSGI server's request may be one for the lane."""
    return (
        environ["REQUEST_METHOD"] == "GET"
        and environ.get("PATH_INFO", "").startswith(ROOT)
        and not environ.get("SCRIPT_NAME")
    )


def is_open(request):
    """Whether this is a visitor's request for JSON."""
    meta = request.META
    if (
        request.method != "GET"
        or not request.path_info.startswith(ROOT)
        or meta.get("HTTP_ACCEPT", "*/*") not in ("*/*", MEDIA_TYPE)
        or "HTTP_AUTHORIZATION" in meta
        or "HTTP_IF_MODIFIED_SINCE" in meta
        or settings.SESSION_COOKIE_NAME in request.COOKIES
    ):
        return False
    try:
        return bool(root_of(request))
    except DisallowedHost:
        return False


def answer(request):
    """The response to a visitor's request. Raises NotHere for anything that this module does not know to the letter."""
    word, _slash, rest = request.path_info.removeprefix(ROOT).partition("/")
    slug = rest.removesuffix("/")
    model = nouns().get(word)
    if model is None or not request.path_info.endswith("/") or "/" in slug:
        raise NotHere
    return detail(request, model, slug) if slug else page(request, model)


@cache
def nouns():
    """The nouns by their words in the addresses."""
    from api.urls import NOUNS

    return {word: viewset.model for word, viewset in NOUNS.items() if viewset.model in cards.NUMBERS}


def not_modified(request, version):
    """304 for whoever has the answer already, or None."""
    known = request.META.get("HTTP_IF_NONE_MATCH")
    if not known:
        return None
    etag, known = etag_of(request, version), parse_etags(known)
    if etag not in known and f"W/{etag}" not in known:
        return None
    return with_headers(request, HttpResponse(status=304), version, etag)


def detail(request, model, slug):
    if request.META.get("QUERY_STRING") or not SLUG.fullmatch(slug) or slug.isdecimal():
        raise NotHere
    found = pages.detail(model, slug)
    if not found:
        raise NotHere
    text = fill(request, found.number, found.texts[0])
    return respond(request, text, found.version)


def page(request, model):
    try:
        asked = request.GET
    except SuspiciousOperation:
        raise NotHere from None
    if (
        ties.number_of(model) is None
        or not asked.keys() <= PARAMETERS
        or any(len(values) > 1 and name not in REPEATED for name, values in asked.lists())
        or not ties.are_complete()
    ):
        raise NotHere
    ordering, paginator = default_ordering(model), KeysetPagination()
    try:
        size, keys, backwards, counted = paginator.read(asked, ordering)
    except BadQuestion:
        raise NotHere from None
    known = names(0)
    question, pairs = read(asked, model, known)
    found = pages.find(model, question, asked.get("q"), size + 1, keys, backwards)
    # If an organization has changed, what the question's words mean was read from names that are out of date.
    if not found or names(found.number) is not known or None in found.texts[:size]:
        raise NotHere
    more, rows, texts = len(found.rows) > size, found.rows[:size], found.texts[:size]
    if backwards:
        rows.reverse()
        texts.reverse()
    paginator.turn(request, ordering, (rows[0], rows[-1]) if rows else (None, None), more, keys, backwards)
    if counted:
        paginator.count = count(question, found)
    if "facets" in asked:
        paginator.extras["facets"] = facets(question, pairs, asked, found, known)
    paginator.extras["citation"] = cite(request, found.version, pairs)
    return respond(request, splice(paginator.page([]), fill(request, found.number, ",".join(texts))), found.version)


def count(question, found):
    if found.total is not None:
        return found.total
    state = memory.state_of(found.version)
    known = memory.figures.get(state, question)
    return memory.figures.put(state, question, pages.count(question)) if known is None else known


def facets(question, pairs, asked, found, known):
    """The facets that are asked for: those that were counted since the register last changed, and countries from the ties."""
    key, state = memory.question_of(question.model, pairs), memory.state_of(found.version)
    counted = {}
    for name in asked["facets"].split(","):
        facet = memory.figures.get(state, (*key, name))
        if facet is None:
            if name != "country" or "q" in asked:
                raise NotHere
            facet = memory.figures.put(state, (*key, name), countries_of(question, found, known))
        counted[name] = facet
    return counted


def countries_of(question, found, known):
    try:
        counts = pages.by_country(question)
    except ties.Unanswerable:
        raise NotHere from None
    without = count(question, found) - counts.pop(ties.GLOBAL, 0)
    values = sorted((-number, *known.labels[pk]) for pk, number in counts.items())
    return {
        "values": [{"value": code, "label": name, "count": -number} for number, code, name in values[:MOST_VALUES]],
        "more": max(len(values) - MOST_VALUES, 0),
        "without": without,
    }


@cache
def default_ordering(model):
    return Ordering(model.objects.all())


def read(asked, model, known):
    """The Question that is put, and its pairs in normal form. Raises NotHere if a word of it is not found at once."""
    pairs = {(name, word) for name, word in asked.items() if name not in ("cursor", *REPEATED)}
    if any(not word or word != word.strip() for _name, word in pairs):
        raise NotHere
    year = asked.get("year")
    if year is not None and not (len(year) == 4 and year.isascii() and year.isdecimal()):
        raise NotHere
    if "count" in asked and asked["count"] not in ("true", "false"):
        raise NotHere
    organizations = countries = ()
    if words := asked.getlist("partner"):
        found = [known.find(word) for word in words]
        if None in found:
            raise NotHere
        organizations = tuple({below for pk in found for below in known.with_units(pk)})
        pairs |= {("partner", known.slugs[pk]) for pk in found}
    if words := asked.getlist("country"):
        found = [known.find_country(word) for word in words]
        if None in found:
            raise NotHere
        countries = tuple({pk for pk, _slug in found})
        pairs |= {("country", slug) for _pk, slug in found}
    try:
        return ties.Question(model, organizations, countries, int(year) if year else None), pairs
    except ties.Unanswerable:
        raise NotHere from None


def fill(request, number, text):
    try:
        return named(text, names(number), root_of(request))
    except KeyError:
        raise NotHere from None


def respond(request, text, version):
    return with_headers(request, HttpResponse(text, content_type=MEDIA_TYPE), version, etag_of(request, version))


def etag_of(request, version):
    return make_etag(request, version, "json", MEDIA_TYPE)


def with_headers(request, response, version, etag):
    """The headers of the ordinary way."""
    headers = response.headers
    headers["Allow"] = allowed(request.path_info)
    headers["ETag"] = etag
    if modified := last_modified(version):
        headers["Last-Modified"] = http_date(modified)
    headers["Cache-Control"] = "no-cache"
    headers["Vary"] = ", ".join(VARIES)
    if response.status_code == 200:
        headers["Content-Length"] = str(len(response.content))
    return response


@lru_cache(maxsize=10_000)
def allowed(path):
    """The methods that the view at this path has."""
    view = resolve(path).func
    actions = getattr(view, "actions", {"get": ""})
    methods = {*actions, "head", "options"}
    return ", ".join(name.upper() for name in view.cls.http_method_names if name in methods)
