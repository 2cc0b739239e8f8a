"""What people give the register never lies where a web server hands it out."""

import pytest

from partnerships.checks import check_media


@pytest.mark.parametrize(
    ("media", "static", "problems"),
    [
        ("media", "static", []),
        ("static/media", "static", ["partnerships.E001"]),
        ("static", "static", ["partnerships.E001"]),
        ("var", "var/static", ["partnerships.E001"]),
        ("static/../media", "static", []),
        ("media/../static/a", "static", ["partnerships.E001"]),
    ],
)
def test_the_folders_of_files_and_of_static_files_are_apart(media, static, problems, settings, tmp_path):
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / media, tmp_path / static
    assert [problem.id for problem in check_media(None)] == problems
