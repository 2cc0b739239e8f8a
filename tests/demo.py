"""The demo register, for tests of what is in it or of much data at once."""

from io import StringIO

from django.core.management import call_command

from tests.remembered import remembered


@remembered
def load_demo():
    """What the command says about it."""
    said = StringIO()
    call_command("load_demo", stdout=said)
    return said.getvalue()
