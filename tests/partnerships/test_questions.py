"""What a list page says about its question: the sentence, the chips, and the repair of what cannot be answered."""

import pytest

from tests import factories as make

from .test_pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def fifa(db):
    return make.make_organization("Fédération Internationale de Football Association", acronym="FIFA", slug="fifa")


@pytest.fixture
def niger(db):
    return make.make_country("NE", "Niger", "NER")


def sentence(client, address):
    return client.get(address).context["sentence"]


def test_the_sentence_says_what_is_shown(client, fifa, niger):
    make.make_story(organizations=[fifa], countries=[niger], event_start="2019-05-21")
    assert sentence(client, "/stories/") == "1 story"
    assert sentence(client, "/stories/?country=NE&year_from=2019&year_to=2020") == "1 story about Niger, 2019 to 2020"
    assert sentence(client, "/stories/?partner=FIFA&year=2019") == "1 story about FIFA, 2019"
    assert sentence(client, "/stories/?year_from=2030") == "0 stories, 2030 and later"
    assert sentence(client, "/stories/?year_to=1990") == "0 stories, 1990 and earlier"


def test_each_noun_says_years_in_its_own_words(client, fifa):
    unv = make.make_organization("Volunteers", slug="unv", acronym="UNV")
    make.make_agreement(parties=[fifa, unv], signed="2019")
    make.make_project(participants=[(fifa, "funding")], starts="2019")
    assert sentence(client, "/agreements/?partner=fifa&partner=unv&year=2019&status=in_force") == (
        "1 agreement with FIFA or UNV, in force in 2019, status: in force"
    )
    assert sentence(client, "/agreements/?partner_all=fifa&partner_all=unv") == "1 agreement with all of FIFA and UNV"
    assert sentence(client, "/projects/?partner=fifa&role=funding&year=2019") == (
        "1 project with FIFA, running in 2019, the partner's role: funding"
    )
    assert sentence(client, "/organizations/?partner=fifa") == "1 organization tied to FIFA"
    assert sentence(client, '/projects/?q="dock') == '0 projects matching “"dock”'


def test_a_chip_takes_its_filter_away(client, fifa, niger):
    unv = make.make_organization("Volunteers", slug="unv")
    response = client.get("/agreements/?partner=FIFA&partner=unv&country=NE&kind=mou&ordering=-date&page=1")
    assert [(chip.label, chip.value, chip.without) for chip in response.context["chips"]] == [
        ("Partner", "FIFA", "?partner=unv&country=NE&kind=mou&ordering=-date"),
        ("Partner", str(unv), "?partner=FIFA&country=NE&kind=mou&ordering=-date"),
        ("Country", "Niger", "?partner=FIFA&partner=unv&kind=mou&ordering=-date"),
        ("Kind", "Memorandum of understanding", "?partner=FIFA&partner=unv&country=NE&ordering=-date"),
    ]
    assert "Remove the filter Partner: FIFA" in text_of(response)


@pytest.mark.parametrize(
    ("question", "problem", "repair"),
    [
        ("partner=fifaa&kind=mou", "“fifaa” is no organization of the register", "?partner=fifa&kind=mou"),
        ("patner=fifa", "There is no parameter “patner”", "?partner=fifa"),
        ("kind=mow", "“mow” is not possible here", "?kind=mou"),
        ("year=20199", "“20199” is not a year", None),
        ("ordering=-tittle", "Lists are not sorted by “-tittle”", "?ordering=-title"),
        ("page=0", "“0” is not the number of a page", "?"),
        ("page=x&kind=mou", "“x” is not the number of a page", "?kind=mou"),
        ("page=٢", "“٢” is not the number of a page", "?"),
    ],
)
def test_a_wrong_question_is_refused_with_its_repair(question, problem, repair, client, fifa):
    response = client.get(f"/agreements/?{question}")
    assert response.status_code == 400
    assert problem in text_of(response)
    [found] = response.context["problems"]
    assert found.repair == (repair or "")
    if repair:
        assert client.get(f"/agreements/{repair}").status_code == 200


def test_every_problem_is_named_and_no_record_is_shown(client, fifa):
    make.make_agreement("Shown by mistake")
    response = client.get("/agreements/?partner=fifaa&partner=nobody&year=20&countri=NE")
    assert [problem.name for problem in response.context["problems"]] == ["partner", "partner", "year", "countri"]
    assert "Shown by mistake" not in text_of(response)


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ("year_from=2020&year_to=2019", "The span ends before it begins."),
        ("year_from=2019&year_from=2020", "This can be given once."),
        ("q=a&q=b", "This can be given once."),
        ("page=1&page=2", "This can be given once."),
    ],
)
def test_words_that_do_not_go_together_are_named(question, problem, client):
    response = client.get(f"/agreements/?{question}")
    assert response.status_code == 400
    assert problem in text_of(response)
    assert len(response.context["problems"]) == 1


def test_a_page_beyond_the_last_is_not_found(client):
    make.make_agreement()
    response = client.get("/agreements/?page=7&kind=mou")
    assert response.status_code == 404
    assert "There is no page 7: the list ends with page 1." in text_of(response)
    assert response.context["problems"][0].repair == "?kind=mou"


def test_a_draft_is_not_suggested(client):
    make.make_organization("Secret partner", slug="secretpartner", state="draft")
    response = client.get("/agreements/?partner=secretpartnr")
    assert response.status_code == 400
    assert "secretpartner”" not in response.content.decode()
    assert "Secret partner" not in client.get("/agreements/").content.decode()


def test_the_form_shows_the_question_and_sends_the_rest_along(client, fifa, niger):
    make.make_agreement(parties=[fifa], countries=[niger], signed="2019")
    html = client.get("/agreements/?partner=fifa&country=ner&kind=mou&signed_year=2019").content.decode()
    assert 'name="partner" value="fifa"' in html
    assert '<option value="NE" selected>Niger</option>' in html
    assert '<input type="hidden" name="kind" value="mou">' in html
    assert '<input type="hidden" name="signed_year" value="2019">' in html
    assert '<option value="fifa">Fédération Internationale' in html


def test_empty_fields_of_the_form_leave_the_address(client, fifa):
    response = client.get("/agreements/?q=&partner=fifa&country=&year=")
    assert response.status_code == 302
    assert response.headers["Location"] == "/agreements/?partner=fifa"


def test_nothing_found_says_how_to_go_on(client):
    make.make_agreement(signed="2019", ends="2020")
    response = client.get("/agreements/?year=1990&kind=mou")
    assert "The register has nothing that fits all of these filters." in text_of(response)
    assert [(one.filter, one.found, one.address) for one in response.context["repairs"]] == [
        ("year: 1990", "1 agreement", "?kind=mou")
    ]


def test_a_role_is_not_offered_without_its_partner(client, fifa):
    make.make_project(participants=[(fifa, "funding")], starts="2019")
    response = client.get("/projects/?partner=fifa&role=implementing")
    assert [one.address for one in response.context["repairs"]] == ["?partner=fifa"]


def test_the_orders_are_links_and_the_downloads_keep_them(client, fifa):
    make.make_agreement(parties=[fifa]), make.make_agreement(parties=[fifa])
    response = client.get("/agreements/?partner=fifa&ordering=title&page=1")
    assert [(one.label, one.value, one.chosen) for one in response.context["orders"]] == [
        ("newest first", "?partner=fifa", False),
        ("oldest first", "?partner=fifa&ordering=date", False),
        ("by title", "?partner=fifa&ordering=title", True),
        ("by kind", "?partner=fifa&ordering=kind", False),
        ("last changed first", "?partner=fifa&ordering=-updated", False),
    ]
    assert next(one.chosen for one in client.get("/agreements/?partner=fifa").context["orders"])
    assert response.context["downloads"][0] == (
        "CSV",
        "/api/v1/agreements/?partner=fifa&ordering=title&format=csv",
    )


def test_what_was_typed_is_shown_as_text(client):
    html = client.get("/agreements/?q=<b>x</b>&patner=<script>").content.decode()
    assert "<script>" not in html
    assert "<b>x" not in html


@pytest.mark.parametrize(
    "question",
    [
        "projects/?role=funding",
        "agreements/?year_from=2019&year_to=2018",
        "agreements/?year_from=2018&year_from=2019",
        "agreements/?ordering=date&ordering=title",
    ],
)
def test_what_is_wrong_only_beside_another_parameter_is_refused_too(question, db, client):
    assert client.get(f"/{question}").status_code == 400
