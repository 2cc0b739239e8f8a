"""When a session ends: a fixed time after the sign-in, and sooner when nobody has asked for anything in it.

Django's own age counts from the last time a session was saved, so a session that is used would never end.
"""

import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in

BEGAN, SEEN = "signed_in_at", "seen_at"  # seconds since 1970
SEEN_IS_NOTED_EVERY = 60  # seconds: reading needs no writing


def begin(sender, request, **kwargs):
    if request is not None:
        request.session[BEGAN] = request.session[SEEN] = time.time()


user_logged_in.connect(begin)


def is_over(session, now):
    """Whether it has lasted too long, rested too long, or does not say since when it lasts."""
    began, seen = session.get(BEGAN), session.get(SEEN)
    if began is None or seen is None:
        return True
    return now - began >= settings.SESSION_COOKIE_AGE or now - seen >= settings.SESSION_IDLE_AGE


class SessionsEnd:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Without the cookie there is nothing to read, and the answer does not depend on it.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            now = time.time()
            if is_over(request.session, now):
                logout(request)
            elif now - request.session[SEEN] >= SEEN_IS_NOTED_EVERY:
                request.session[SEEN] = now
        return self.get_response(request)
