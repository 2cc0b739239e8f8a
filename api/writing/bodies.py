"""The bodies of requests as JSON Schema."""

from .bulk import MOST
from .nouns import SHAPES
from .shape import FIXED, Texts

LINKS = {
    "Link": {
        "description": "A record by its slug or id (a country by its ISO code too, a region by its M49 code), or the brief "
        "object that answers name it by.",
        "anyOf": [
            {"type": "string", "minLength": 1, "maxLength": 120},
            {"type": "integer"},
            {"type": "object", "properties": {"slug": {"type": "string"}}, "required": ["slug"]},
            {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]},
        ],
    },
    "GoalLink": {
        "description": "A Sustainable Development Goal by its number.",
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": 17},
            {
                "type": "object",
                "properties": {"number": {"type": "integer", "minimum": 1, "maximum": 17}},
                "required": ["number"],
            },
        ],
    },
}


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def components():
    """The schemas that bodies refer to, by name."""
    found = dict(LINKS)
    for model, shape in SHAPES.items():
        noun = model.__name__
        found[f"{noun}Write"] = of_shape(shape, required=True)
        found[f"{noun}Patch"] = of_shape(shape, required=False)
        found[f"{noun}Bulk"] = of_bulk(ref(f"{noun}Write"), ref(f"{noun}Patch"))
    return found


def of_shape(shape, required):
    described = of_part(shape, shape.answer, required)
    fixed = {name: {"readOnly": True, "description": "Left out, or exactly what the record has."} for name in FIXED}
    return described | {"properties": described["properties"] | fixed}


def of_part(part, answer, required=True):
    """A record or row: what is written, and what answers show beside it, which is accepted and ignored."""
    properties = {value.name: value.schema() for value in part.values}
    properties |= {rows.name: of_rows(rows, rows.shown_by(answer)) for rows in part.rows}
    read = {*(answer.fields if answer else ())} - properties.keys() - {*FIXED}
    properties |= {name: {"description": "As answers have it. Ignored."} for name in sorted(read)}
    needed = [value.name for value in part.values if value.required] if required else []
    described = {"type": "object", "properties": properties, "additionalProperties": False}
    return described | {"required": needed} if needed else described


def of_rows(rows, answer):
    item = of_part(rows, answer)
    if isinstance(rows, Texts):
        item = item["properties"][rows.text]
    elif rows.flat:
        # The row is the link itself, with more beside what names it.
        own = {name: schema for name, schema in item["properties"].items() if name != rows.flat}
        named = {"type": "object", "properties": {"slug": {"type": "string"}, **own}, "required": ["slug"]}
        item = {"anyOf": [{"type": "string", "minLength": 1, "maxLength": 120}, named]}
    elif rows.identified:
        item["properties"]["id"] = {"type": "integer", "description": "Of a row that is there already."}
    return {
        "type": "array",
        "items": item,
        "maxItems": rows.most,
        "description": "Given, it replaces all that were there; rows that stay the same keep their ids.",
    }


def of_bulk(whole, part):
    at = {"anyOf": [{"type": "string"}, {"type": "integer"}], "description": "The record's slug or id."}
    version = {"type": "integer", "description": "The version that is changed, in place of If-Match."}

    def operation(op, **properties):
        return {
            "type": "object",
            "properties": {"op": {"type": "string", "const": op}, **properties},
            "required": ["op", *properties],
            "additionalProperties": False,
        }

    operations = [
        operation("create", record=whole),
        operation("update", at=at, version=version, record=part),
        operation("delete", at=at, version=version),
    ]
    listed = {"type": "array", "items": {"oneOf": operations}, "minItems": 1, "maxItems": MOST}
    return {
        "type": "object",
        "properties": {"operations": listed},
        "required": ["operations"],
        "additionalProperties": False,
    }
