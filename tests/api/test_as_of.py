"""`as_of`: the answer as the facts stood on a day."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from .asking import build
from .conftest import ROOT


def parties(agreement):
    return [party["organization"]["slug"] for party in agreement["parties"]]


class AsOfTest(TestCase):
    """A TestCase, so that one register serves all questions."""

    @classmethod
    def setUpTestData(cls):
        build()

    def ask(self, address, status=200, **asked):
        response = self.client.get(ROOT + address, asked)
        assert response.status_code == status, response.content[:500]
        return response.json() if response["Content-Type"].endswith("json") else None

    def test_an_agreement_is_what_it_was(self):
        plan = self.ask("agreements/plan/")
        assert (plan["status"], parties(plan), plan["parties"][1]["withdrew_on"]) == (
            "expired",
            ["unodc", "unv"],
            "2021-06-30",
        )
        for day, status, members in (
            ("2019-05-20", "draft", ["unodc"]),
            ("2019-12-31", "in_force", ["unodc"]),
            ("2020-01-01", "in_force", ["unodc", "unv"]),
            ("2021-06-29", "in_force", ["unodc", "unv"]),
            ("2021-06-30", "in_force", ["unodc"]),
            ("2022-01-01", "expired", ["unodc"]),
        ):
            plan = self.ask("agreements/plan/", as_of=day)
            assert (day, plan["status"], parties(plan)) == (day, status, members)
        assert self.ask("agreements/plan/", as_of="2021-06-29")["parties"][1]["withdrew_on"] is None
        assert self.ask("agreements/plan/", as_of="2019-05-20")["signed_on"] is None
        assert self.ask("agreements/plan/", as_of="2019-05-20")["ends_on"] == "2021-12-31"

    def test_what_had_not_happened_is_not_told(self):
        old = self.ask("agreements/old/", as_of="2016-05-31")
        assert (old["status"], old["status_label"], old["superseded_by"]) == ("in_force", "in force", [])
        old = self.ask("agreements/old/", as_of="2016-06-01")
        assert (old["status"], [brief["slug"] for brief in old["superseded_by"]]) == ("superseded", ["new"])
        new = self.ask("agreements/new/", as_of="2016-05-31")
        assert (new["status"], new["signed_on"], new["entered_into_force_on"], new["terminated_on"]) == (
            "signed",
            "2016-03-01",
            None,
            None,
        )
        signers = [party["signatures"] for party in self.ask("agreements/mou/", as_of="2013-05-20")["parties"]]
        assert [[one["person"]["slug"] for one in signatures] for signatures in signers] == [["ada-waly"], []]
        # A draft that would supersede it says nothing on any day.
        assert self.ask("agreements/mou/", as_of="2015-01-01")["superseded_by"] == []

    def test_a_list_says_the_same_as_the_records(self):
        for day in ("2012-01-01", "2016-05-31", "2020-06-01"):
            rows = self.ask("agreements/", as_of=day)["results"]
            assert len(rows) == 7
            for row in rows:
                record = self.ask(f"agreements/{row['slug']}/", as_of=day)
                assert {key: record[key] for key in row} == row

    def test_an_organization_has_the_name_of_the_day(self):
        for day, name, acronym in (
            ("2004-12-31", "DG Neighbourhood", "DG NEAR"),
            ("2005-01-01", "DG Enlargement", "DG ELARG"),
            ("2014-12-31", "DG Enlargement", "DG ELARG"),
            ("2015-01-01", "DG Neighbourhood", "DG NEAR"),
        ):
            record = self.ask("organizations/dg-near/", as_of=day)
            assert (record["display"], record["name"], record["acronym"]) == (name, name, acronym)
            row = self.ask("organizations/", as_of=day)["results"][0]
            assert (row["display"], row["name"], row["acronym"], row["slug"]) == (name, name, acronym, "dg-near")
            brief = self.ask("agreements/mou/", as_of=day)["parties"][1]["organization"]
            assert (brief["slug"], brief["display"]) == ("dg-near", name)
            parent = self.ask("organizations/eu/", as_of=day)
            assert [unit["display"] for unit in parent["units"]] == [name]

    def test_later_names_and_unknown_acronyms(self):
        later = self.ask("organizations/unv/", as_of="2024-01-01")
        assert (later["name"], later["acronym"]) == ("Volunteering Agency", "UNVA")
        assert self.ask("organizations/unv/", as_of="2023-12-31")["name"] == "Volunteers"
        assert self.ask("organizations/unv/")["name"] == "Volunteers"
        # The acronym of that time is not known, and today's would be wrong.
        before = self.ask("organizations/unodc/", as_of="2000-01-01")
        assert (before["name"], before["acronym"]) == ("Office for Drug Control", "")

    def test_other_names_are_those_of_the_day(self):
        def names(**asked):
            return {name["name"] for name in self.ask("organizations/unv/", **asked)["names"]}

        assert names() == {"Volunteering Agency", "UNVA", "Volontaires"}
        assert names(as_of="2010-01-01") == {"Volontaires"}

    def test_people_hold_the_offices_of_the_day(self):
        def offices(day):
            return [office["title"] for office in self.ask("people/bob-zed/", as_of=day)["offices"]]

        # An office without a known start is not guessed.
        assert (offices("2015-02-28"), offices("2015-03-01")) == ([], ["Commissioner"])
        ada = self.ask("people/ada-waly/", as_of="2013-05-19")
        assert ([office["held_to_on"] for office in ada["offices"]], ada["signatures"]) == ([None], [])
        assert len(self.ask("people/ada-waly/", as_of="2013-05-20")["signatures"]) == 1
        assert self.ask("people/ada-waly/", as_of="2020-01-01")["offices"] == []

    def test_projects_know_what_was_known(self):
        then = self.ask("projects/aid/", as_of="2017-12-31")
        assert (then["status"], then["funders"], then["contributions"]) == ("running", [], [])
        now = self.ask("projects/aid/")
        assert (now["status"], len(now["funders"]), len(now["contributions"])) == ("closed", 2, 1)
        detainees = {row["slug"]: row for row in then["indicators"]}["detainees"]
        assert (detainees["baseline"]["value"], detainees["actual"]) == ("1600", None)
        later = {row["slug"]: row for row in self.ask("projects/aid/", as_of="2018-12-31")["indicators"]}["detainees"]
        assert later["actual"]["value"] == "900"

    def test_a_day_is_a_day(self):
        self.ask("agreements/", as_of="")
        for day, suggestion in (
            ("2014", "2014-12-31"),
            ("2014-02", "2014-02-28"),
            ("2014-02-30", None),
            ("../2014-01-01", None),
        ):
            for address in ("agreements/", "agreements/x/"):
                error = self.ask(address, 400, as_of=day)["errors"][0]
                assert (error["parameter"], error["suggestion"]) == ("as_of", suggestion)

    def test_nouns_without_a_past_refuse_a_day(self):
        assert self.ask("events/kick/", 400, as_of="2014-01-01")["errors"][0]["parameter"] == "as_of"
        for address in ("events/", "funders/", "countries/", "news/"):
            assert self.ask(address, 400, as_of="2014-01-01")["errors"][0]["parameter"] == "as_of"
            assert self.ask(address, 400, as_of="2014-01-01", format="csv")["errors"][0]["parameter"] == "as_of"

    def test_pages_show_today_and_say_so(self):
        assert self.client.get("/agreements/?as_of=2014-01-01").status_code == 400

    def test_a_day_costs_one_statement_more(self):
        """Than the list as serializers make it: that for the names of the day."""
        with CaptureQueriesContext(connection) as today:
            self.ask("agreements/", omit="caveat")
        with CaptureQueriesContext(connection) as then:
            self.ask("agreements/", as_of="2014-06-30")
        assert (len(today), len(then)) == (10, 11)
