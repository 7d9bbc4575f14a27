"""JSON Schema 2020-12 of an object of fields: required ones, and those required only if another answer says so."""
from __future__ import annotations

from collections.abc import Sequence

from forms.kinds.base import Kind, Schema


def object_schema(fields: Sequence[Kind], own: Schema | None = None) -> Schema:
    """The schema of an object with `fields`, and with properties of its `own`, always required. An empty answer is left out, never null.

    A condition on an answer outside the object cannot be said here; the field's description names it and `missing` executes it.
    """
    keys = {each.key for each in fields}
    needed = [each for each in fields if each.required and each.stored]
    always = [*(own or {}), *(each.key for each in needed if each.when is None)]
    asked = [_if(each) for each in needed if each.when is not None and each.when.key in keys]
    properties = (own or {}) | {each.key: _titled(each, keys) for each in fields}
    schema: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    return schema | ({"required": always} if always else {}) | ({"allOf": asked} if asked else {})


def _titled(kind: Kind, keys: set[str]) -> Schema:
    outside = {"$comment": f"depends on {kind.when.key}"} if kind.when and kind.when.key not in keys else {}
    return kind.schema() | {"title": kind.label} | outside


def _if(kind: Kind) -> Schema:
    if kind.when is None:
        return {}
    listed = {"enum": list(kind.when.values)}
    held: Schema = {"anyOf": [listed, {"type": "array", "contains": listed}]} if kind.when.values else {}
    return {"if": {"properties": {kind.when.key: held}, "required": [kind.when.key]}, "then": {"required": [kind.key]}}
