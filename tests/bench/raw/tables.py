"""The raw system's tables, filled from Concord's in a few statements."""

from django.db import connection

WORDS = {
    "postgresql": {
        "object": "json_build_object", "array": "json_agg", "json": "to_json",
        "year": "CAST(extract(year FROM listed_on) AS integer)",
    },
    "sqlite": {
        "object": "json_object", "array": "json_group_array", "json": "json",
        "year": "CAST(strftime('%Y', listed_on) AS integer)",
    },
}  # fmt: skip
LINKED = (
    "{{json}}((SELECT {{array}}({{object}}('id', o.id, 'slug', o.slug, 'name', o.{name})) FROM {link} x"
    " JOIN partnerships_{other} o ON o.id = x.{other}_id WHERE x.{record}_id = r.id))"
)
STORY = {
    "organizations": LINKED.format(
        name="name", link="stories_newsitem_organizations", other="organization", record="newsitem"
    ),
    "countries": LINKED.format(name="name_en", link="stories_newsitem_countries", other="country", record="newsitem"),
}
PROJECT = {
    "organizations": LINKED.format(
        name="name", link="partnerships_participation", other="organization", record="project"
    ),
    "countries": LINKED.format(name="name_en", link="partnerships_projectcountry", other="country", record="project"),
}
COMMON = "'id', r.id, 'slug', r.slug, 'title', r.title, 'organizations', {organizations}, 'countries', {countries}"
STORY_ROW = (
    f"{{object}}({COMMON}, 'language', r.language, 'summary', r.summary, 'published_on', r.published_on,"
    " 'event_start_on', r.event_start_on, 'source_url', r.source_url)"
)
PROJECT_ROW = f"{COMMON}, 'reference', r.reference, 'starts_on', r.starts_on, 'ends_on', r.ends_on"
PROJECT_DETAIL = (
    "'description', r.description, 'contributions', {json}((SELECT {array}({object}('id', g.id, 'amount', g.amount,"
    " 'currency', g.currency)) FROM partnerships_contribution g WHERE g.project_id = r.id))"
)
NAMES = (
    "(SELECT string_agg(o.{name}, ';') FROM stories_newsitem_{link} x JOIN partnerships_{other} o ON o.id = x.{other}_id"
    " WHERE x.newsitem_id = r.id)"
)
LINE = (
    "r.id || ',' || r.slug || ',\"' || r.title || '\",' || r.published_on || ',\"'"
    f" || {NAMES.format(name='name', link='organizations', other='organization')} || '\",\"'"
    f" || {NAMES.format(name='name_en', link='countries', other='country')} || '\",' || r.source_url"
)
# The link tables repeat the date, so that the newest of a partner are neighbours in the index.
TABLES = [
    "CREATE TABLE bench_story (listed_on date, id bigint, body text, line text, PRIMARY KEY (listed_on, id))",
    "INSERT INTO bench_story SELECT r.listed_on, r.id, CAST({story} AS text), {line} FROM stories_newsitem r"
    " ORDER BY r.listed_on, r.id",
    "CREATE TABLE bench_story_of (partner bigint, country bigint, listed_on date, id bigint,"
    " PRIMARY KEY (partner, country, listed_on, id))",
    "INSERT INTO bench_story_of SELECT o.organization_id, c.country_id, r.listed_on, r.id FROM stories_newsitem r"
    " JOIN (SELECT newsitem_id, organization_id FROM stories_newsitem_organizations) o ON o.newsitem_id = r.id"
    " JOIN (SELECT newsitem_id, country_id FROM stories_newsitem_countries"
    " UNION ALL SELECT id, 0 FROM stories_newsitem) c ON c.newsitem_id = r.id",
    "CREATE TABLE bench_story_count (partner bigint, country bigint, year integer, stories bigint,"
    " PRIMARY KEY (partner, country, year))",
    "INSERT INTO bench_story_count SELECT partner, country, {year}, count(*) FROM bench_story_of GROUP BY 1, 2, 3",
    "CREATE TABLE bench_project (id bigint PRIMARY KEY, body text, detail text)",
    "INSERT INTO bench_project SELECT r.id, CAST({object}({project}) AS text),"
    " CAST({object}({project}, {detail}) AS text) FROM partnerships_project r",
    "CREATE TABLE bench_project_of (partner bigint, listed_on date, id bigint, PRIMARY KEY (partner, listed_on, id))",
    "INSERT INTO bench_project_of SELECT DISTINCT x.organization_id, r.listed_on, r.id"
    " FROM partnerships_participation x JOIN partnerships_project r ON r.id = x.project_id",
    "CREATE TABLE bench_project_count (partner bigint PRIMARY KEY, projects bigint, countries text)",
    "INSERT INTO bench_project_count SELECT p.partner, count(*), (SELECT CAST({array}({object}('value', s.alpha2,"
    " 'count', s.projects)) AS text) FROM (SELECT c.alpha2, count(*) AS projects FROM bench_project_of q"
    " JOIN partnerships_projectcountry x ON x.project_id = q.id JOIN partnerships_country c ON c.id = x.country_id"
    " WHERE q.partner = p.partner GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 30) s) FROM bench_project_of p GROUP BY 1",
]
# The year is a word among the others, so that one index answers for both.
SEARCH = {
    "postgresql": [
        "CREATE TABLE bench_word (id bigint, listed_on date, words tsvector)",
        "INSERT INTO bench_word SELECT id, listed_on, to_tsvector('english', title || ' ' || summary || ' ' || body"
        " || ' y' || {year}) FROM stories_newsitem",
        "CREATE INDEX ON bench_word USING gin (words)",
    ],
    "sqlite": [
        "CREATE VIRTUAL TABLE bench_word USING fts5(words, listed_on UNINDEXED, tokenize = 'porter ascii')",
        "INSERT INTO bench_word (rowid, words, listed_on) SELECT id, title || ' ' || summary || ' ' || body || ' y'"
        " || {year}, listed_on FROM stories_newsitem",
    ],
}


def build(with_search=True):
    """Make and fill the tables. Raises DatabaseError if they are there already."""
    vendor = connection.vendor
    words = dict(WORDS[vendor])
    story = STORY_ROW.format(**words, **{name: sql.format(**words) for name, sql in STORY.items()})
    parts = {name: sql.format(**words) for name, sql in PROJECT.items()}
    project = PROJECT_ROW.format(**words, **parts)
    line = LINE if vendor == "postgresql" else LINE.replace("string_agg", "group_concat")
    pieces = {**words, "story": story, "line": line, "project": project, "detail": PROJECT_DETAIL.format(**words)}
    with connection.cursor() as cursor:
        for statement in TABLES + (SEARCH[vendor] if with_search else []):
            cursor.execute(statement.format(**pieces))
