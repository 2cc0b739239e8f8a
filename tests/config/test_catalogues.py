"""The texts of the pages are whole in each language: gathered, translated, compiled."""

import re
from gettext import GNUTranslations
from io import BytesIO

import pytest
from django.conf import settings

from partnerships.management.commands import messages

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|\{\}")


@pytest.fixture(scope="module")
def gathered():
    return {key(message) for message in messages.gather() if message.id}


def key(message):
    return tuple(message.id) if message.pluralizable else message.id, message.context


def texts(language):
    return [message for message in messages.read(language) if message.id]


def forms(message):
    return tuple(message.string) if message.pluralizable else (message.string,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_pages_is_kept_and_no_other(language, gathered):
    # Where this fails, `manage.py messages` gathers anew, and what is new wants a translation.
    assert {key(message) for message in texts(language)} == gathered


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language):
    catalog = messages.read(language)
    assert [key(message) for message in texts(language) if message.fuzzy or not all(forms(message))] == []
    wrong = [key(one) for one in texts(language) if one.pluralizable and len(one.string) != catalog.num_plurals]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_text(language):
    wrong = []
    for message in texts(language):
        wanted = [sorted(PLACEHOLDER.findall(text)) for text in (message.id if message.pluralizable else [message.id])]
        for form in forms(message):
            found = sorted(PLACEHOLDER.findall(form))
            # “One agreement” needs no number; any other form that lacks one, or has one that is not there, is a mistake.
            if found not in wanted and not (message.pluralizable and set(found) < set(wanted[-1])):
                wrong.append((key(message), form))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_translated(language):
    # Where this fails, `manage.py messages` compiles anew.
    kept = messages.path_of(language).with_suffix(".mo").read_bytes()
    assert entries(kept) == entries(messages.compiled(messages.read(language)))


def entries(compiled):
    """What Python's own gettext reads out of it; the header names the version of Babel."""
    found = GNUTranslations(BytesIO(compiled))._catalog
    return {key: text for key, text in found.items() if key}


def test_what_only_the_desk_shows_is_left_out(gathered):
    found = {text for text, _context in gathered if isinstance(text, str)}
    assert "Memorandum of understanding" in found
    assert "Skip to the content" in found
    assert "in force" in found
    assert "Empty: open-ended." not in found  # the help beside a field of the desk
    assert "An agreement cannot be made under itself." not in found  # an error of the desk
