"""Where Word templates run: plain values in; no methods, no attributes, no calls but a capped range; undefined names are refused."""
from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import DictLoader, StrictUndefined, Undefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

LONGEST_RANGE = 400
FILTERS = ("capitalize", "d", "default", "first", "last", "length", "lower", "trim", "upper")
TESTS = ("defined", "undefined", "none", "odd", "even", "string", "number", "boolean", "mapping", "sequence",
         "eq", "ne", "lt", "le", "gt", "ge", "in", "equalto", "true", "false")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot carry (its production 2), tab, line and form feed kept: those docxtpl turns into Word's own."""


def capped(*bounds: int) -> range:
    """`range`, up to LONGEST_RANGE numbers. Raises SecurityError beyond."""
    numbers = range(*bounds)
    if len(numbers) > LONGEST_RANGE:
        raise SecurityError(f"range of more than {LONGEST_RANGE}")
    return numbers


def clean(value: object) -> object:
    """What may be printed: words and numbers, without what XML cannot carry. Raises SecurityError for anything else."""
    if isinstance(value, str):
        return value if value.isprintable() else UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, (int, Undefined)):
        return value
    raise SecurityError(f"a {type(value).__name__} cannot be printed")


class Sandbox(ImmutableSandboxedEnvironment):
    """Keys before attributes (`row.items` is the answer called items), and no attributes at all but those of `loop`."""

    intercepted_binops = frozenset(("**", "*", "%"))

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=clean, loader=DictLoader({}))
        self.globals = {"range": capped}
        self.filters = {name: self.filters[name] for name in FILTERS} | {"e": _itself, "escape": _itself}
        self.tests = {name: self.tests[name] for name in TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, (dict, Mapping)):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, (LoopContext, Undefined)):
            return super().getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Mapping) or not isinstance(argument, int):
            return self.getattr(obj, argument)
        found = isinstance(obj, list) and -len(obj) <= argument < len(obj)
        return obj[argument] if found else self.undefined(obj=obj, name=str(argument))

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        if __obj is not capped:
            raise SecurityError("a template calls nothing but range")
        return capped(*args)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not (isinstance(left, int) and isinstance(right, int)):
            raise SecurityError(f"{operator} is for whole numbers only, ** for nothing")
        return super().call_binop(context, operator, left, right)


def _itself(value: object) -> object:
    """Templates written for docxtpl say `|e`; here everything is escaped already, and twice would show."""
    return value


ENVIRONMENT = Sandbox()
