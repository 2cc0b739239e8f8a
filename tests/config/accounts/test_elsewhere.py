"""Signing in through an OpenID Connect provider, without a network: it answers from here."""

from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY, get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from config.accounts.adapters import SignInElsewhere
from config.accounts.oidc import providers
from tests.factories import make_user

from .signing import DESK, FACTORS, LOGIN

ISSUER = "https://id.example.org"
START, BACK = "/accounts/elsewhere/sso/", "/accounts/elsewhere/sso/callback/"
SETTINGS = {
    "issuer": ISSUER,
    "client_id": "concord",
    "secret": "s" * 40,
    "name": "Example ID",
    "trust_email": False,
    "secure": True,
}
pytestmark = pytest.mark.django_db


class Answer:
    status_code = 200
    headers = {"content-type": "application/json"}

    def __init__(self, content):
        self.content = content

    def json(self):
        return self.content

    def raise_for_status(self):
        pass


class FakeProvider:
    """Stands where the network is. `says` is what it tells of whoever signs in; `asked` what it was asked for."""

    def __init__(self):
        self.says = {"sub": "1", "email": "ada@example.org", "email_verified": True}
        self.token = {}
        self.asked = []
        self.is_down = False

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        return None

    def get(self, address, headers=None, **kwargs):
        if self.is_down:
            raise requests.ConnectionError("no network")
        match address.removeprefix(ISSUER):
            case "/.well-known/openid-configuration":
                ends = {name: f"{ISSUER}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
                return Answer({"issuer": ISSUER, "userinfo_endpoint": f"{ISSUER}/userinfo", **ends})
            case "/userinfo":
                assert headers == {"Authorization": "Bearer access"}
                return Answer(self.says)
        raise AssertionError(f"Nobody should ask for {address}")

    def request(self, method, address, data=None, **kwargs):
        assert (method, address) == ("POST", f"{ISSUER}/token_endpoint")
        self.asked.append(data)
        claims = {"iss": ISSUER, "aud": "concord", "sub": self.says["sub"], "exp": 4_000_000_000, **self.token}
        return Answer({"access_token": "access", "id_token": jwt.encode(claims, SETTINGS["secret"], "HS256")})


@pytest.fixture
def provider(monkeypatch, settings):
    fake = FakeProvider()
    settings.SOCIALACCOUNT_PROVIDERS = providers(**SETTINGS)
    monkeypatch.setattr(SignInElsewhere, "get_requests_session", lambda self: fake)
    return fake


def there_and_back(client, next_page="", **answer):
    """Follow the button to the provider, and come back with its answer."""
    leaving = client.get(START, {"next": next_page} if next_page else {})
    where = urlsplit(leaving["Location"])
    question = {name: value for name, (value,) in parse_qs(where.query).items()}
    assert f"{where.scheme}://{where.netloc}{where.path}" == f"{ISSUER}/authorization_endpoint"
    assert question["redirect_uri"] == f"http://testserver{BACK}"
    assert question["code_challenge_method"] == "S256"
    return client.get(BACK, {"state": question["state"], "code": "code"} | answer)


def test_it_is_off_unless_it_is_set_up(client):
    assert client.get(START).status_code == 404
    assert client.get(BACK).status_code == 404
    assert START not in client.get(LOGIN).content.decode()


def test_the_button_has_its_name_and_keeps_the_page_to_go_to(provider, client):
    page = client.get(f"{LOGIN}?next=/admin/reminders/").content.decode()
    assert f'href="{START}?next=%2Fadmin%2Freminders%2F"' in page
    assert "Sign in with Example ID" in page


def test_a_verified_address_of_one_active_user_gets_in(provider, client):
    ada = make_user("ada", email="Ada@Example.org")
    assert there_and_back(client, "/admin/reminders/")["Location"] == "/admin/reminders/"
    assert client.session[SESSION_KEY] == str(ada.pk)
    assert provider.asked[0]["code"] == "code"
    assert len(provider.asked[0]["code_verifier"]) >= 43
    assert client.get(DESK).status_code == 200
    ada.refresh_from_db()
    assert ada.has_usable_password()


def test_nothing_of_it_is_kept_so_the_address_at_the_desk_decides(provider, client):
    ada = make_user("ada", email="ada@example.org")
    there_and_back(client)
    assert not SocialAccount.objects.exists()
    ada.email = "new@example.org"
    ada.save()
    assert there_and_back(Client()).status_code == 403


@pytest.mark.parametrize(
    "said",
    [
        {"email": "somebody@example.org"},
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "no"},
        {"email": ""},
        {"email": None},
        {"email": "nonsense"},
        {"email": "gone@example.org"},
        {"email": "two@example.org"},
        {"email": "ad\u00e5@example.org"},
    ],
)
def test_nobody_else_gets_in_or_becomes_a_user(provider, client, said):
    make_user("ada", email="ada@example.org"), make_user("gone", email="gone@example.org", is_active=False)
    make_user("one", email="two@example.org"), make_user("other", email="TWO@example.org"), make_user("none", email="")
    provider.says |= said
    answer = there_and_back(client)
    assert answer.status_code == 403
    assert "an administrator of the register" in answer.content.decode()
    assert SESSION_KEY not in client.session
    assert get_user_model().objects.count() == 5
    assert client.get(DESK).status_code == 302


@pytest.mark.parametrize("address", ["mıke@example.org", "mi\u212ae@example.org"])
def test_an_address_that_only_looks_like_another_is_another(provider, client, address):
    make_user("mike", email="mike@example.org")
    provider.says["email"] = address
    assert there_and_back(client).status_code == 403


def test_a_provider_that_says_nothing_of_verifying_can_be_trusted_by_a_setting(provider, client, settings):
    settings.SOCIALACCOUNT_PROVIDERS = providers(**SETTINGS | {"trust_email": True})
    make_user("ada", email="ada@example.org")
    del provider.says["email_verified"]
    assert there_and_back(client).status_code == 302


@pytest.mark.parametrize("claims", [{"iss": "https://evil.example"}, {"aud": "another"}, {"exp": 1}])
def test_a_token_for_somebody_else_is_refused(provider, client, claims):
    make_user("ada", email="ada@example.org")
    provider.token = claims
    assert there_and_back(client).status_code == 401
    assert SESSION_KEY not in client.session


def test_an_answer_that_nobody_asked_for_is_refused(provider, client):
    make_user("ada", email="ada@example.org")
    assert client.get(BACK, {"state": "made-up", "code": "code"}).status_code == 401
    assert client.get(BACK).status_code == 401
    assert there_and_back(client, state="another").status_code == 401
    assert provider.asked == []


def test_cancelling_and_a_provider_that_is_down_are_told_in_words(provider, client):
    leaving = client.get(START)
    state = parse_qs(urlsplit(leaving["Location"]).query)["state"][0]
    cancelled = client.get(BACK, {"state": state, "error": "access_denied"}, follow=True)
    assert "You have cancelled signing in elsewhere." in cancelled.content.decode()
    provider.is_down = True
    down = client.get(START)
    assert down.status_code in (401, 502)
    assert "That did not work" in down.content.decode()


def test_nobody_ties_an_account_elsewhere_to_their_own(provider, client):
    client.force_login(make_user("ada"))
    leaving = client.get(START, {"process": "connect"})
    state = parse_qs(urlsplit(leaving["Location"]).query)["state"][0]
    assert client.get(BACK, {"state": state, "code": "code"}).status_code == 401
    assert not SocialAccount.objects.exists()


def test_staff_who_sign_in_elsewhere_need_their_second_factor_too(provider, client, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    user = make_user("ada", email="ada@example.org")
    user.set_unusable_password()
    user.save()
    there_and_back(client)
    assert client.get(DESK)["Location"] == FACTORS
    assert client.get("/accounts/factors/app/").status_code == 200


def test_who_has_no_password_shows_there_who_they_are(provider, client, monkeypatch):
    user = make_user("ada", email="ada@example.org")
    user.set_unusable_password()
    user.save()
    there_and_back(client)
    import time

    later = time.time() + 600
    monkeypatch.setattr(time, "time", lambda: later)
    assert client.get("/accounts/factors/app/")["Location"] == f"{START}?next=%2Faccounts%2Ffactors%2Fapp%2F"
    assert client.get("/accounts/password/")["Location"] == "/accounts/password/none/"
    assert "Your account has no password" in client.get("/accounts/password/none/").content.decode()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"client_id": ""}, "Set OIDC_CLIENT_ID too"),
        ({"client_id": "", "secret": ""}, "Set OIDC_CLIENT_ID and OIDC_CLIENT_SECRET too"),
        ({"issuer": "http://id.example.org"}, "must begin with https://"),
    ],
)
def test_half_a_setting_says_what_is_missing(values, said):
    with pytest.raises(ImproperlyConfigured, match=said):
        providers(**SETTINGS | values)
