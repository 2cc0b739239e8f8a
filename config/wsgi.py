"""The entry point for WSGI servers: `granian --interface wsgi config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_application = get_wsgi_application()

from api.middleware import Shortcut  # noqa: E402 - it needs the apps that are set up now

application = Shortcut(django_application)
