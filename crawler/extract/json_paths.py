"""What does an answer in JSON hold at a declared path? JMESPath, which parsel brings along.

Paths come from source files and are checked there; what they are asked of is not trusted: wrong
types are nothing found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import quote

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.functions import Functions, signature

from crawler.page import Page, page_text, page_tree
from crawler.texts import one_line, plain_text
from crawler.walls import check_page
from domain.errors import ParseError

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
NO_WORD = re.compile(r"[\W_]+")


class _Functions(Functions):  # type: ignore[misc]
    @signature({"types": ["string", "number", "null"]})  # type: ignore[untyped-decorator]
    def _func_slug(self, value: str | float | None) -> str:
        """``IP/24/12`` as addresses have it: ``ip_24_12``."""
        return "" if value is None else NO_WORD.sub("_", str(value).lower())


OPTIONS = jmespath.Options(custom_functions=_Functions())


def check_path(path: str) -> None:
    """Nothing, for a path that can be asked; raises ValueError for any other."""
    unknown = set(_called(_compiled(path).parsed)).difference(_Functions.FUNCTION_TABLE)
    if unknown:
        raise ValueError(f"there is no function {min(unknown)}()")


def _called(node: dict[str, Any]) -> Iterator[str]:
    if node["type"] == "function_expression":
        yield node["value"]
    for child in node["children"]:
        if isinstance(child, dict):
            yield from _called(child)


@cache
def _compiled(path: str) -> Any:
    return jmespath.compile(path)


def read_json(page: Page) -> Any:
    """What an answer in JSON says.

    Raises ParseError where it is none; Refused or Gone where it is a wall.
    """
    try:
        return json.loads(page_text(page))
    except (ValueError, RecursionError) as error:
        if page.body.lstrip()[:1] == b"<":
            check_page(page_tree(page), url=page.url, body=page.body)
        # Only the parser's own words: they name line and column.
        reason = str(error) if isinstance(error, json.JSONDecodeError) else "no sane values"
        raise ParseError(
            f"{page.url} answers with something that is no JSON: {reason}",
            next_step="It may have broken off, or the site was rebuilt; open it in a browser",
        ) from None


def found_at(value: Any, path: str) -> Any:
    """What stands at a path; None where nothing does, or where a function cannot take it."""
    try:
        return _compiled(path).search(value, options=OPTIONS)
    except JMESPathError:
        return None


def text_at(value: Any, path: str | None) -> str:
    """The text at a path, as people read it; paragraphs by line breaks where there are several."""
    return plain_text(_written(found_at(value, path))) if path else ""


def line_at(value: Any, path: str | None) -> str:
    """The text at a path on one line."""
    return one_line(text_at(value, path))


def filled(template: str, value: Any) -> str:
    """An address with what stands at the paths in its braces; empty where one finds nothing."""
    found = {path: _written(found_at(value, path)) for path in PLACEHOLDER.findall(template)}
    if not all(found.values()):
        return ""
    return PLACEHOLDER.sub(lambda hole: quote(found[hole[1]]), template)


def _written(value: Any) -> str:
    """Texts and numbers as text; lists of them as lines."""
    if isinstance(value, list):
        return "\n".join(filter(None, map(_written, value)))
    is_written = isinstance(value, str | int | float) and not isinstance(value, bool)
    # JSON can say half a surrogate pair and a zero byte, which are no letters.
    letters = str(value).replace("\0", "") if is_written else ""
    return letters.strip().encode(errors="ignore").decode()
