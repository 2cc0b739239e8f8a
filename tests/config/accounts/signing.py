"""How a test signs in, as a browser and an authenticator app would."""

import hmac
import re
import struct
import time
from base64 import b32decode
from hashlib import sha1

from django.core.cache import cache

LOGIN, SECOND, FACTORS, APP, CODES, DESK = (
    "/accounts/login/",
    "/accounts/factors/sign-in/",
    "/accounts/factors/",
    "/accounts/factors/app/",
    "/accounts/factors/codes/",
    "/admin/",
)
PASSWORD = "a-long-password"  # of tests.factories.make_user


def sign_in(client, username, password=PASSWORD, **extra):
    """The answer to the form of the sign-in."""
    return client.post(LOGIN, {"login": username, "password": password}, **extra)


def code_of(secret, at=None):
    """What an authenticator app shows at that time: RFC 6238 with 30 seconds, SHA-1 and six digits."""
    counter = int(time.time() if at is None else at) // 30
    digest = hmac.new(b32decode(secret), struct.pack(">Q", counter), sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def set_up_app(client):
    """Set up an authenticator app, as a person does who follows the page; its secret."""
    secret = client.get(APP).context["form"].secret
    answer = client.post(APP, {"code": code_of(secret)})
    assert answer["Location"] == CODES, answer.content
    # The same code opens nothing a second time; a test does not wait for the next one.
    cache.clear()
    return secret


def problems(answer):
    """What the page says went wrong."""
    found = re.findall(
        r'class="errornote"[^>]*>([^<]*)<|<ul class="errorlist"[^>]*>(.*?)</ul>', answer.content.decode()
    )
    hidden = "The passkey was not used. Try again, or choose another way."
    texts = [re.sub(r"<[^>]+>", "", note or errors).strip() for note, errors in found]
    return [text for text in texts if text != hidden]
