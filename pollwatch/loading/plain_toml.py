"""What does a TOML file say, on which line?

The standard library reads it but keeps no lines, so they are found by a second look at the text:
a line that opens a table, or begins with a key. That is exact for the files we ask people to
write; inside text of several lines it may point at the line of the table instead.
"""

from __future__ import annotations

import re
import tomllib

from pollwatch.loading.documents import Document, Path, decoded, unreadable

_TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?")
_KEY = re.compile(
    r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*="
)
_PART = re.compile(r"[\w-]+|\"[^\"]*\"|'[^']*'")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def read(data: bytes, *, file: str) -> Document:
    """What a TOML file says; its mistakes are in the document, nothing is raised."""
    text = decoded(data, file=file)
    if isinstance(text, Document):
        return text
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = str(error)
        place = _PLACE.search(problem)
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        return unreadable(file, _in_words(_PLACE.sub("", problem)), line=line)
    except RecursionError:
        return unreadable(file, "is nested too deeply; no file needs that")
    return Document(file=file, value=value, lines=_lines(text))


def _in_words(problem: str) -> str:
    if "overwrite" in problem or "twice" in problem:
        return "this key or table stands here again; keep one of the two"
    return f"cannot be read as TOML ({problem}); put text in quotes, and close what was opened"


def _lines(text: str) -> dict[Path, int]:
    lines: dict[Path, int] = {(): 1}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if opened := _TABLE.fullmatch(line):
            table = _parts(opened[1])
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault(table + _parts(key[1]), number)
    return lines


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))
