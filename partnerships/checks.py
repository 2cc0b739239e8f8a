"""What `manage.py check --deploy` says: without mail, and an address for links, no reminder can be sent.

And, always, that what people give the register lies where no server hands it out.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Warning, register

NOT_AN_ADDRESS = {"", "*", "localhost", "127.0.0.1", "::1"}


def mail_is_set_up():
    return not settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend")


def mail_problems():
    """What keeps reminders from being sent, as warnings with a hint; [] if nothing does."""
    problems = []
    if not mail_is_set_up():
        problems.append(
            Warning(
                "Mail is not set up: reminders cannot be sent.",
                hint="Set EMAIL_URL, such as smtp+tls://user:password@mail.example.org:587.",
                id="partnerships.W001",
            )
        )
    host = urlsplit(settings.SITE_URL).hostname or ""
    if not settings.DEBUG and (host in NOT_AN_ADDRESS or host.startswith(".")):
        problems.append(
            Warning(
                "The register does not know its own address: links in mails would lead nowhere.",
                hint="Set SITE_URL, such as https://register.example.org.",
                id="partnerships.W002",
            )
        )
    return problems


@register("mail", deploy=True)
def check_mail(app_configs, **kwargs):
    return mail_problems()


@register("files")
def check_media(app_configs, **kwargs):
    media, static = (Path(place).resolve() for place in (settings.MEDIA_ROOT, settings.STATIC_ROOT))
    if media != static and static not in media.parents and media not in static.parents:
        return []
    return [
        Error(
            f"MEDIA_ROOT ({media}) and STATIC_ROOT ({static}) lie within each other: documents would be open to everybody.",
            hint="Set MEDIA_ROOT to a folder of its own.",
            id="partnerships.E001",
        )
    ]
