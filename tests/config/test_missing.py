"""The pages for what is not there, and for a form that was refused."""

import pytest
from django.test import Client

from tests import factories as make
from tests.partnerships.test_pages import text_of

pytestmark = pytest.mark.django_db


def test_a_missing_page_shows_the_nearest_records(client):
    make.make_project("Border plan")
    response = client.get("/projects/bordr-plan/")
    assert response.status_code == 404
    assert [str(record) for record in response.context["records"]] == ["Border plan"]
    shown = response.content.decode()
    assert 'value="bordr plan"' in shown
    assert 'href="/stories/"' in shown
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_missing_page_speaks_the_language_of_its_address(client):
    response = client.get("/fr/nulle-part/")
    assert response.status_code == 404
    assert '<html lang="fr"' in response.content.decode()


@pytest.mark.parametrize("address", ["/wp-login.php", "/a/%00/", "/%22/", "/123/", "/" + "x" * 3000 + "/"])
def test_whatever_is_missing_is_a_404(address, client):
    assert client.get(address).status_code == 404


def test_the_desk_sees_what_visitors_see_of_a_missing_page(as_chief):
    make.make_project("Secret plan", state="draft")
    assert as_chief.get("/projects/secret-pla/").context["records"] == []


def test_a_refused_form_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a"})
    assert response.status_code == 403
    assert "This form was not accepted, and nothing was changed" in text_of(response)
