"""A register with what spreadsheets and files have trouble with."""

import pytest

from tests.api.conftest import fill
from tests.api.test_gate import add_drafts
from tests.factories import make_agreement, make_organization


@pytest.fixture
def world(db):
    """One of everything, with drafts beside it, and texts that spreadsheets and files have trouble with."""
    one = fill()
    add_drafts(one)
    for number, text in enumerate(["=1+1", "'=x", "@a; b", "two\r\nlines\n", '"quoted", and so on', "  spaces "]):
        make_organization(f"{text}{number}", description=text, caveat=text.strip() if number != 3 else "")
        make_agreement(
            f"{text} agreement {number}", description=text, signed=("2013", "2013-05", "../2013-05-21")[number % 3]
        )
    return one
