"""The house has one direction: partnerships <- stories <- api, and config puts them together."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "partnerships": set(),
    "stories": {"partnerships"},
    "api": {"partnerships", "stories"},
    "config": {"partnerships", "stories", "api"},
}


def imported_rooms(source):
    """The top-level names that a module imports, relative imports excepted (they stay in their room)."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module.partition(".")[0])
    return names & MAY_IMPORT.keys()


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_run_one_way(room):
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / room).rglob("*.py")
        for name in imported_rooms(path.read_text()) - {room} - MAY_IMPORT[room]
    }
    assert wrong == set()


def test_a_wrong_import_would_be_seen():
    assert imported_rooms("import os\nfrom stories.models import NewsItem\nfrom .api import x") == {"stories"}


def test_the_register_names_no_later_room_in_a_string():
    """`apps.get_model("stories.NewsItem")` would be an import by another name."""
    strings = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "partnerships").rglob("*.py")
        for later in ("stories.", "api.")
        if f'"{later}' in path.read_text()
    }
    assert strings == set()


def test_modules_stay_short():
    long = {
        str(path.relative_to(ROOT)): lines
        for room in MAY_IMPORT
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > 350
    }
    assert long == {}
