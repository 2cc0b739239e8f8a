"""The demo register, for tests of what is in it or of much data at once."""

from django.core.management import call_command

from tests.remembered import remembered


@remembered
def load_demo():
    call_command("load_demo", verbosity=0)
