"""The private folder of files between a dry run and the decision. All processes of one machine share it."""

import re
import secrets
import tempfile
import time
from pathlib import Path

KEPT_FOR = 60 * 60  # seconds


def folder():
    found = Path(tempfile.gettempdir()) / "concord-imports"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def new_name():
    """The name of a run or a file that nobody can guess."""
    return secrets.token_hex(16)


def path_of(name, kind=""):
    """Where the file of this name is kept, or what belongs to it: its `progress`, `cancel` or `report`."""
    name = re.sub("[^0-9a-f]", "", name)
    return folder() / (f"{name}.{kind}" if kind else name)


def keep_file(data, name="", kind=""):
    """The name of a private file with these bytes. Files that nobody came back for are removed on the way."""
    for old in folder().iterdir():
        try:
            if time.time() - old.stat().st_mtime > KEPT_FOR:
                old.unlink()
        except FileNotFoundError:
            continue  # somebody else has tidied up, too
    name = name or new_name()
    path = path_of(name, kind)
    path.touch(mode=0o600)
    path.write_bytes(data)
    return name


def kept_file(name, kind=""):
    """Raises OSError where it is no longer there."""
    return path_of(name, kind).read_bytes()


def forget_file(name, kind=""):
    path_of(name, kind).unlink(missing_ok=True)
