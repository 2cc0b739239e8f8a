"""The page for an address at which there is nothing: what may have been looked for, and where to look."""

from urllib.parse import unquote

from django.db import DatabaseError
from django.shortcuts import render
from django.urls import get_script_prefix
from django.utils.text import capfirst

from partnerships.search import corrections, ranked
from partnerships.views.head import list_address

from .search.answer import load
from .search.question import FILTERSETS

MOST_RECORDS = 5
LONGEST = 120


def not_found(request, exception):
    """A 404 in the language of the address. Whoever asks is shown public records only, as any visitor."""
    text = words_of(request.path)
    context = {
        "text": text,
        # Without its last slash, an address that there is leads on to it: nobody sees this page.
        "records": nearest(text, noun_of(request.path)) if text and request.path.endswith("/") else [],
        "lists": [(list_address(model), capfirst(model._meta.verbose_name_plural)) for model in FILTERSETS],
    }
    return render(request, "404.html", context, status=404)


def words_of(path):
    """The last part of an address as words, or "" where it is the name of a file or has no words."""
    last = unquote(path).rstrip("/").rpartition("/")[2][:LONGEST].replace("\0", "")
    if "." in last or not any(letter.isalpha() for letter in last):
        return ""
    return " ".join(last.replace("-", " ").replace("_", " ").split())


def noun_of(path):
    """The model of whose records this would be the address, or None."""
    above = path.rstrip("/").rpartition("/")[0] + "/"
    return (
        None if above == get_script_prefix() else next((one for one in FILTERSETS if list_address(one) == above), None)
    )


def nearest(text, model):
    """The public records with these words, slips put right; those of the noun in the address first."""
    try:
        for words in (text, *corrections(text)):
            if hits := ranked(words, None, MOST_RECORDS).hits:
                found = load(hits, None)
                hits = sorted(hits, key=lambda hit: hit.model is not model)
                return [found[hit.model][hit.pk] for hit in hits if hit.pk in found[hit.model]]
    except DatabaseError:
        pass  # This page has to come even where nothing can be looked up.
    return []
