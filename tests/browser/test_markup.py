"""Every kind of page is valid HTML, says the Nu checker."""

import json
import os
import subprocess
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from .test_pages import PAGES


def test_every_kind_of_page_is_valid_html(site, tmp_path):
    checker = os.environ.get("VNU_JAR")
    if not checker:
        pytest.skip("VNU_JAR is not set: .ci/run fetches the Nu checker and runs this test")
    for number, address in enumerate(PAGES):
        try:
            body = urlopen(site + address).read()  # noqa: S310 - our own server
        except HTTPError as refusal:
            body = refusal.read()
        (tmp_path / f"{number:02}.html").write_bytes(body)
    command = [
        "java",
        "-jar",
        checker,
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        *sorted(tmp_path.glob("*.html")),
    ]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert [(PAGES[int(one["url"][-7:-5])], one["message"], one.get("extract")) for one in found["messages"]] == []
