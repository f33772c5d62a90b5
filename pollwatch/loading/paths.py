"""How may a file say where JSON holds something, and how an address is made of it?"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from typing import Annotated

from crawler.extract.json_paths import PLACEHOLDER, check_path
from pollwatch.loading.values import read_by, web_address

# No API nests so deep that a path to something in it would be longer.
LONGEST_PATH = 300
PAGING = ("{page}", "{offset}")
OF_THE_ENTRY = ("{id}", "{url}", "{path}")
UNIX = "unix"


@cache
def _json_path(text: str) -> str:
    if len(text) > LONGEST_PATH:
        raise ValueError(f"'{text[:40]}…' has more than {LONGEST_PATH} characters; write less")
    try:
        check_path(text)
    except ValueError as error:
        reason = str(error).partition(":")[0]
        raise ValueError(
            f"'{text}' cannot be a path into JSON ({reason}); write one like 'data.items', in the"
            " notation of jmespath.org"
        ) from None
    return text


def _link(text: str) -> str:
    """A path, or an address with paths in it."""
    if not _is_address(text):
        return _json_path(text)
    inside = PLACEHOLDER.findall(text)
    if not inside:
        raise ValueError(f"'{text}' is one address for all; write a path in braces, like '{{id}}'")
    for path in inside:
        _json_path(path)
    return _address(text)


def _older(text: str) -> str:
    if not _is_address(text):
        return _json_path(text)
    if [f"{{{name}}}" for name in PLACEHOLDER.findall(text)] not in [[name] for name in PAGING]:
        raise ValueError(f"'{text}' does not count; write {' or '.join(PAGING)} for its number")
    return _address(text)


def _detail(text: str) -> str:
    inside = [f"{{{name}}}" for name in PLACEHOLDER.findall(text)]
    if not inside or not set(inside).issubset(OF_THE_ENTRY):
        raise ValueError(
            f"'{text}' does not say of which entry; write one of {', '.join(OF_THE_ENTRY)} into it"
        )
    return text if text.startswith("{url}") else _address(text)


def _is_address(text: str) -> bool:
    return re.match(r"https?://", text) is not None


def _address(text: str) -> str:
    """The text itself, if it is an address once the braces are filled."""
    web_address(PLACEHOLDER.sub("1", text))
    return text


def _date_format(text: str) -> str:
    if text == UNIX:
        return text
    moment = datetime(2024, 3, 18, 10, 30, tzinfo=UTC)
    try:
        read = datetime.strptime(moment.strftime(text), text)  # noqa: DTZ007 - only its day counts
    except ValueError:
        read = None
    if read is None or read.date() != moment.date():
        raise ValueError(
            f"'{text}' does not say day, month and year; write them like '%d%m%Y', or 'unix' for"
            " seconds since 1970"
        )
    return text


JsonPath = Annotated[str, read_by(_json_path)]
Link = Annotated[str, read_by(_link)]
Older = Annotated[str, read_by(_older)]
DetailAddress = Annotated[str, read_by(_detail)]
DateFormat = Annotated[str, read_by(_date_format)]
