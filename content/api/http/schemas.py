"""Building blocks of JSON Schemas for answers. `{"$component": name}` names a component of the document."""

from typing import Any, Final

Schema = dict[str, Any]
TEXT: Final[Schema] = {"type": "string"}
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
YES: Final[Schema] = {"type": "boolean"}
TIME: Final[Schema] = {"type": "string", "format": "date-time"}
ID: Final[Schema] = {"type": "string", "format": "uuid"}
DIGEST: Final[Schema] = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
LINKS: Final[Schema] = {"type": "object", "additionalProperties": {"type": "string"}}
FREE: Final[Schema] = {"type": "object", "additionalProperties": True}


def ref(name: str) -> Schema:
    """Return a reference to another component."""
    return {"$component": name}


def maybe(schema: Schema) -> Schema:
    """Return a schema that null satisfies too."""
    return {"anyOf": [schema, {"type": "null"}]}


def some(schema: Schema) -> Schema:
    """Return a list of values of one schema."""
    return {"type": "array", "items": schema}


def word(*words: str) -> Schema:
    """Return a closed set of words."""
    return {"type": "string", "enum": list(words)}


def record(_optional: dict[str, Schema] | None = None, **members: Schema) -> Schema:
    """Return a closed object; all members are always there but the optional ones."""
    found: Schema = {"type": "object", "properties": members | (_optional or {}), "additionalProperties": False}
    return found | {"required": list(members)}


def page(name: str) -> Schema:
    """Return a page of a list."""
    return record(results=some(ref(name)), next=maybe(TEXT))
