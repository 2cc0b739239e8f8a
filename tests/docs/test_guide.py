"""Every example of docs/api.md runs, and prints what the guide shows below it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
EXAMPLE = re.compile(r"^```(sh|python)\n(.*?)^```\n\n^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMANDS = {"sh": ["bash", "-euo", "pipefail", "-c"], "python": [sys.executable, "-W", "error", "-c"]}


@pytest.mark.skipif(
    connection.vendor == "postgresql", reason="The answers are the same; other tests ask for them there."
)
def test_every_example_prints_what_the_guide_shows(demo, token, tmp_path):
    guide = GUIDE.read_text(encoding="utf-8")
    examples = EXAMPLE.findall(guide)
    assert len(examples) == len(re.findall(r"^```(?:sh|python)$", guide, re.MULTILINE)) >= 10
    wrong = {}
    for language, code, expected in examples:
        result = subprocess.run(
            [*COMMANDS[language], code.replace("http://127.0.0.1:8000", demo)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=os.environ | {"CONCORD_TOKEN": token},
            timeout=120,
        )
        if (result.returncode, result.stdout) != (0, expected):
            wrong[code] = result.stdout + result.stderr
    assert wrong == {}
