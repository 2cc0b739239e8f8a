"""A register of any size, made up: the same rows for the same size and seed, and as uneven as real ones.

One partner, the European Union, is in a fifth of the records; the others and the countries follow Zipf's law; dates grow
denser towards the present. Of the stories 2 % speak of "trafficking" and "persons", 5 % of the first only, 8 % of the
second only, and no other word here has their stems: so whatever searches, by pattern or by index, finds the same.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from partnerships.models import (
    Agreement,
    Contribution,
    Funder,
    Organization,
    OrganizationType,
    Participation,
    Party,
    Project,
    ProjectCountry,
)
from stories.models import NewsItem

ADJECTIVES = "joint regional national technical new recent broad detailed annual strategic pilot shared public".split()  # noqa: SIM905
NOUNS = "workshop programme meeting report training dialogue mission review plan network survey forum grant".split()  # noqa: SIM905
VERBS = "supports launches extends hosts signs funds presents concludes opens strengthens monitors adopts".split()  # noqa: SIM905
TOPICS = [
    *("border management", "maritime security", "rule of law", "judicial reform", "container control", "cybercrime"),
    *("prison reform", "firearms control", "drug prevention", "data collection", "asset recovery", "forest crime"),
]
BODIES = ["Agency", "Ministry", "Fund", "Institute", "Bank", "Foundation", "Office", "Council"]
SYLLABLES = "ba ke li mo nu ra se ti vo za da fe gi ho lu ma ne pi so".split()  # noqa: SIM905
BOTH = ["The unit against trafficking in persons reports progress.", "Persons at risk of trafficking receive support."]
PLANTED = ((0.02, BOTH), (0.07, ["Drug trafficking routes are reviewed."]), (0.15, ["Displaced persons take part."]))
EVERYWHERE, SHARE = 1, 0.2  # the organization that is in so many records, and in how many
YEARS = range(2005, 2026)
OTHER_ROLES = [role for role in Participation.Role if role != Participation.Role.FUNDING]


@dataclass
class Register:
    """`tables()` gives what to load. `countries` are the ids of the countries that there are, in a fixed order."""

    stories: int
    countries: list
    seed: int = 1
    organizations: int = field(init=False)

    def __post_init__(self):
        self.organizations = min(5_000, max(50, self.stories // 100))
        self.funders = self.organizations // 5  # funder n belongs to organization n
        self.projects, self.agreements = max(1, self.stories // 20), max(1, self.stories // 50)
        self._years = list(accumulate(range(2, 2 + len(YEARS))))
        shuffled = Random(self.seed).sample(self.countries, len(self.countries))
        self._of_countries = shuffled, zipf(len(shuffled), 0.9)
        self._of_partners = range(2, self.organizations + 1), zipf(self.organizations - 1, 0.95)

    def tables(self):
        """(model, columns, rows) of each table, in the order in which they refer to each other."""
        yield Organization, ("id", "slug", "name", "acronym", "type", "country_id"), self.organization_rows()
        yield Funder, ("id", "slug", "name", "kind", "organization_id"), self.funder_rows()
        yield Agreement, ("id", "slug", "title", "kind", "signed_on", "ends_on"), self.agreement_rows()
        yield Party, ("agreement_id", "organization_id"), self.links("party", self.agreements, self.partners)
        yield (
            Agreement.countries.through,
            ("agreement_id", "country_id"),
            self.links("agreement country", self.agreements, self.places),
        )
        columns = ("id", "slug", "title", "reference", "description", "starts_on", "ends_on")
        yield Project, columns, self.project_rows()
        yield Participation, ("project_id", "organization_id", "role"), self.participation_rows()
        yield (
            ProjectCountry,
            ("project_id", "country_id"),
            self.links("project country", self.projects, self.places),
        )
        yield (
            Project.agreements.through,
            ("project_id", "agreement_id"),
            self.links("under", self.projects, lambda random: self.perhaps(random, 0.3, self.agreements)),
        )
        columns = ("id", "slug", "project_id", "amount", "currency", "dated_on", "stage")
        yield Contribution, columns, self.contribution_rows()
        yield Contribution.funders.through, ("contribution_id", "funder_id"), self.contribution_funder_rows()
        columns = ("id", "slug", "title", "summary", "body", "published_on", "event_start_on", "source_url")
        yield NewsItem, columns, self.story_rows()
        for name, column, choose in (
            ("organizations", "organization_id", self.partners),
            ("countries", "country_id", self.places),
            ("projects", "project_id", lambda random: self.perhaps(random, 0.5, self.projects)),
            ("agreements", "agreement_id", lambda random: self.perhaps(random, 0.2, self.agreements)),
        ):
            through = NewsItem._meta.get_field(name).remote_field.through
            yield through, ("newsitem_id", column), self.links(f"story {name}", self.stories, choose)

    def random(self, table):
        """Each table has a sequence of its own, so that it can be made while another one is."""
        return Random(f"{self.seed} {table}")

    # --- what is chosen ---------------------------------------------------------------------------------------------

    def day(self, random):
        year = YEARS[bisect_left(self._years, random.random() * self._years[-1])]
        return date(year, 1, 1) + timedelta(days=int(random.random() * 365))

    def partners(self, random):
        """One to four organizations."""
        found = some(random, *self._of_partners, 1 + int(random.random() ** 2 * 4))
        return [EVERYWHERE, *found[1:]] if random.random() < SHARE else found

    def places(self, random):
        return some(random, *self._of_countries, 1 + int(random.random() ** 2 * 4))

    def perhaps(self, random, share, last):
        return [1 + int(random.random() * last)] if random.random() < share else []

    def links(self, table, records, choose):
        """(record, other) for all that is chosen for each record."""
        random = self.random(table)
        for record in range(1, records + 1):
            for other in choose(random):
                yield record, other

    # --- rows -------------------------------------------------------------------------------------------------------

    def organization_rows(self):
        random = self.random("organization")
        types = list(OrganizationType.values)
        yield EVERYWHERE, "eu", "European Union", "EU", "40", None
        for number in range(2, self.organizations + 1):
            word = "".join(random.choices(SYLLABLES, k=3))
            name = f"{word.title()} {random.choice(BODIES)} {number}"
            country = some(random, *self._of_countries, 1)[0] if random.random() < 0.6 else None
            yield number, slug(name), name, "", random.choice(types), country

    def funder_rows(self):
        random = self.random("funder")
        kinds = list(Funder.Kind.values)
        for number in range(1, self.funders + 1):
            yield number, f"line-{number}", f"Budget line {number}", random.choice(kinds), number

    def agreement_rows(self):
        random = self.random("agreement")
        kinds = list(Agreement.Kind.values)
        for number in range(1, self.agreements + 1):
            signed, title = self.day(random), f"Agreement {number} on {random.choice(TOPICS)}"
            ends = signed + timedelta(days=365 * random.randint(2, 10)) if random.random() < 0.6 else None
            yield number, slug(title), title, random.choice(kinds), signed, ends

    def project_rows(self):
        random = self.random("project")
        for number in range(1, self.projects + 1):
            title = f"{random.choice(ADJECTIVES).title()} {random.choice(NOUNS)} on {random.choice(TOPICS)} {number}"
            starts = self.day(random)
            ends = starts + timedelta(days=180 + int(random.random() * 1500))
            yield number, slug(title), title, f"P{number:06}", paragraph(random, 3), starts, ends

    def taking_part(self):
        """(project, organizations that fund it, others) of each project; nobody is among both."""
        random = self.random("participation")
        for project in range(1, self.projects + 1):
            partners = self.partners(random)
            yield project, [one for one in partners if one <= self.funders][:2], partners

    def participation_rows(self):
        random = self.random("role")
        for project, funding, partners in self.taking_part():
            for partner in partners:
                role = Participation.Role.FUNDING if partner in funding else random.choice(OTHER_ROLES)
                yield project, partner, role.value

    def contribution_rows(self):
        random = self.random("contribution")
        stages = list(Contribution.Stage.values)
        number = 0
        for project, funding, _partners in self.taking_part():
            if funding:
                number += 1
                amount = round(1_000 + random.random() ** 3 * 5_000_000, 2)
                currency = random.choice(("USD", "EUR"))
                yield number, f"gift-{number}", project, amount, currency, self.day(random), random.choice(stages)

    def contribution_funder_rows(self):
        gifts = (funding for _project, funding, _partners in self.taking_part() if funding)
        for number, funding in enumerate(gifts, 1):
            for funder in funding:
                yield number, funder

    def story_rows(self):
        random = self.random("story")
        pool = [sentence(random) for _ in range(2_000)]
        for number in range(1, self.stories + 1):
            words = random.choice(ADJECTIVES).title(), random.choice(NOUNS), random.choice(VERBS)
            title = f"{' '.join(words)} {number}"
            text = random.choices(pool, k=3 + int(random.random() ** 1.5 * 10))
            chance = random.random()
            if planted := next((texts for limit, texts in PLANTED if chance < limit), None):
                text[int(random.random() * len(text))] = random.choice(planted)
            published = self.day(random)
            happened = None
            if random.random() < 0.3:
                # In the same year, so that a question for a year means one column to everybody.
                happened = max(published - timedelta(days=random.randint(0, 20)), date(published.year, 1, 1))
            body = f"<p>{' '.join(text)}</p>"
            source = f"https://news.example.org/{number}"
            yield number, slug(title), title, random.choice(pool), body, published, happened, source


def zipf(count, exponent):
    """Cumulative weights: the first is the most popular."""
    return list(accumulate(1 / (rank + 4) ** exponent for rank in range(count)))


def some(random, ids, cumulative, most):
    """One to `most` of the ids, each once."""
    return list(dict.fromkeys(random.choices(ids, cum_weights=cumulative, k=most)))


def slug(title):
    return title.lower().replace(" ", "-")


def sentence(random):
    adjective, noun, other = random.choice(ADJECTIVES), random.choice(NOUNS), random.choice(NOUNS)
    return f"The {adjective} {noun} on {random.choice(TOPICS)} {random.choice(VERBS)} the {other} of the region."


def paragraph(random, sentences):
    return " ".join(sentence(random) for _ in range(sentences))
