"""Gather the texts of the public pages into locale/*/LC_MESSAGES/django.po, and compile them: `manage.py messages`.

With Babel instead of GNU gettext, so that nothing has to be installed beside Concord. What visitors cannot see stays in
English and out of the way of translators: the desk, the API, commands, and the help and the errors of the desk's forms.
"""

import ast
import re
import tomllib
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

PLACES = ("config", "partnerships", "stories", "templates")
UNSEEN = re.compile(
    r"(^|/)(admin|importers|management|merging|migrations|reading|demo)/"
    r"|^config/(desk|worklists|demo|settings)\.py|^partnerships/(forms|internal|readiness)\.py"
    # Signing in, versions, reviews and uploads are the desk's, too, wherever they are kept.
    r"|^(config/accounts|partnerships/(versions|reviewing|files)|templates/(accounts?|mfa|socialaccount))/"
    r"|^partnerships/models/(bin|failed_import|merge|reminder|review)\.py"
)
# The arguments of models and fields that only the desk (and the API, in English) shows.
UNSEEN_ARGUMENTS = {"help_text", "violation_error_message"}
# Where the texts of each function are among its arguments: context, singular, plural.
FUNCTIONS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}


def gather():
    """A Catalog of every text that a public page can show."""
    catalog = Catalog()
    for place in PLACES:
        for path in sorted((settings.BASE_DIR / place).rglob("*")):
            name = path.relative_to(settings.BASE_DIR).as_posix()
            if path.suffix not in READERS or UNSEEN.search(name):
                continue
            for text, context in READERS[path.suffix](path.read_text(encoding="utf-8")):
                catalog.add(text, context=context)
    for title in goals():
        catalog.add(title, context="Sustainable Development Goal")
    return catalog


def in_python(source):
    """(text or (singular, plural), context or None) of each call in Python."""
    pending = [ast.parse(source)]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.keyword) and node.arg in UNSEEN_ARGUMENTS:
            continue
        pending += ast.iter_child_nodes(node)
        if isinstance(node, ast.Call) and (places := FUNCTIONS.get(getattr(node.func, "id", ""))):
            context, text, plural = (_text(node.args, place) for place in places)
            if text:
                yield (text, plural) if plural else text, context


def _text(arguments, place):
    if place is None or place >= len(arguments) or not isinstance(arguments[place], ast.Constant):
        return None
    return arguments[place].value


def in_template(source):
    """The same of each tag and filter in a template."""
    # Django turns a template into something like Python; its indentation means nothing. Babel looks for the encoding in
    # the first line and takes that for real Python, so there is an empty one.
    code = "\n" + re.sub(r"^[ \t]+", "", templatize(source), flags=re.MULTILINE)
    for _line, text, _comments, context in extract("python", BytesIO(code.encode()), keywords=KEYWORDS):
        yield text, context


def goals():
    data = (settings.BASE_DIR / "partnerships" / "data" / "goals.toml").read_text(encoding="utf-8")
    return [goal["title"] for goal in tomllib.loads(data)["goal"]]


READERS = {".py": in_python, ".html": in_template, ".svg": in_template, ".txt": in_template}


def path_of(language):
    return Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES" / "django.po"


def read(language):
    """The Catalog of a language as it is kept."""
    path = path_of(language)
    if not path.exists():
        comment = "# The public pages of Concord. docs/translating.md has the terms and says how to go on."
        return Catalog(to_locale(language), None, comment, "Concord", "1", last_translator="Concord", fuzzy=False)
    return read_po(path.read_bytes().splitlines(keepends=True), locale=to_locale(language))


def brought_up_to_date(catalog, texts):
    """The kept Catalog with the texts that there are now: new ones are empty, those that are gone are gone."""
    catalog.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def compiled(catalog):
    """The bytes of the .mo file."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


class Command(BaseCommand):
    help = "Gathers the texts of the public pages into locale/*/LC_MESSAGES/django.po and compiles what is translated."

    def handle(self, **options):
        texts = gather()
        for language, name in settings.LANGUAGES:
            if language == settings.LANGUAGE_CODE:
                continue
            path, catalog = path_of(language), brought_up_to_date(read(language), texts)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                write_po(file, catalog, width=0, no_location=True, sort_output=True)
            path.with_suffix(".mo").write_bytes(compiled(catalog))
            missing = sum(not (all(one.string) if one.pluralizable else one.string) for one in catalog if one.id)
            self.stdout.write(f"{name}: {len(catalog)} texts, {missing} to translate in {path}")
