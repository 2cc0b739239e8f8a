"""A path of the raw system, such as /q2/17/64/2019, to the bytes of its answer."""

JSON, CSV = "application/json", "text/csv"
NEWEST = "ORDER BY b.listed_on DESC, b.id DESC LIMIT 25"
STORY = "JOIN bench_story s ON s.listed_on = b.listed_on AND s.id = b.id"
STATEMENTS = {
    "q1": "SELECT p.body, (SELECT projects FROM bench_project_count WHERE partner = %s) FROM (SELECT listed_on, id"
    f" FROM bench_project_of b WHERE partner = %s {NEWEST}) b JOIN bench_project p ON p.id = b.id {NEWEST}",
    "q2": "SELECT s.body, (SELECT stories FROM bench_story_count WHERE partner = %s AND country = %s AND year = %s)"
    f" FROM bench_story_of b {STORY} WHERE b.partner = %s AND b.country = %s AND b.listed_on BETWEEN %s AND %s {NEWEST}",
    "q3": f"SELECT b.body, NULL FROM bench_story b WHERE (b.listed_on, b.id) < (%s, %s) {NEWEST}",
    "q4": "SELECT countries FROM bench_project_count WHERE partner = %s",
    "q7": "SELECT detail FROM bench_project WHERE id = %s",
}
SEARCH = {
    "postgresql": "SELECT id, listed_on FROM bench_word"
    " WHERE words @@ to_tsquery('english', 'trafficking & persons & y' || %s)",
    "sqlite": "SELECT rowid AS id, listed_on FROM bench_word WHERE bench_word MATCH 'trafficking persons y' || %s",
}
HITS = "WITH hits AS MATERIALIZED ({hits}) SELECT s.body, (SELECT count(*) FROM hits) FROM hits b"
HITS = f"{HITS} {STORY} {NEWEST}"
LINES = "SELECT line FROM bench_story ORDER BY listed_on DESC, id DESC"
LINES_OF = (
    f"SELECT s.line FROM bench_story_of b {STORY} WHERE b.partner = %s AND b.country = 0"
    " ORDER BY b.listed_on DESC, b.id DESC"
)
HEADER = b"id,slug,title,published_on,organizations,countries,source_url\r\n"


def answer(path, vendor, rows):
    """(media type, pieces of bytes) of a path; `rows(sql, values)` gives what a statement finds."""
    name, *values = path.strip("/").split("/")
    if name == "q6":
        return CSV, lines(rows, values)
    if name in ("q4", "q7"):
        return JSON, [rows(STATEMENTS[name], [int(values[0])])[0][0].encode()]
    if name == "q5":
        found = rows(HITS.format(hits=SEARCH[vendor]), values)
    else:
        found = rows(STATEMENTS[name], parameters(name, values))
    total = found[0][1] if found else 0
    page = ",".join([row[0] for row in found])
    return JSON, [f'{{"count":{"null" if total is None else total},"results":[{page}]}}'.encode()]


def parameters(name, values):
    match name:
        case "q1":
            return [int(values[0])] * 2
        case "q2":
            partner, country, year = map(int, values)
            return [partner, country, year, partner, country, f"{year}-01-01", f"{year}-12-31"]
    return [values[0], int(values[1])]


def lines(rows, values):
    yield HEADER
    found = rows(LINES_OF, [int(values[0])]) if values else rows(LINES, [])
    yield "\r\n".join([line for (line,) in found]).encode()
