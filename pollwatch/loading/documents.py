"""What does a file say, and on which line?

A document is what ``plain_yaml`` and ``plain_toml`` make of a file: plain values, each with its
line, and the mistakes that were met on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pollwatch.loading.mistakes import Mistake

Path = tuple[int | str, ...]
"""Keys and positions that lead from the top of a file to a value."""

# No file that a person edits comes near; a bigger one is something else under a wrong name.
MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file as plain values with their lines."""

    file: str
    """As it is shown to people."""
    value: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[Path, int] = field(default_factory=dict)
    blocks: Mapping[Path, int] = field(default_factory=dict)
    """The line that the text of a literal block begins on."""
    mistakes: tuple[Mistake, ...] = ()
    is_readable: bool = True
    """False where a mistake keeps us from knowing what the rest says."""

    def line_of(self, path: Path) -> int:
        """The line of a value, or of the innermost thing around it that has one; else 0."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)

    def mistake(self, path: Path, text: str) -> Mistake:
        """A mistake in what is written there."""
        return Mistake(file=self.file, line=self.line_of(path), text=text)


def unreadable(file: str, text: str, *, line: int = 0) -> Document:
    """A document of which only the mistake is known that hides the rest."""
    mistake = Mistake(file=file, line=line, text=text)
    return Document(file=file, mistakes=(mistake,), is_readable=False)


def decoded(data: bytes, *, file: str) -> str | Document:
    """The text of a file; an unreadable document where it is too big, or not UTF-8."""
    if len(data) > MAX_BYTES:
        return unreadable(file, f"holds more than {MAX_BYTES} bytes; split it, or take it away")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return unreadable(file, "holds bytes that are not UTF-8; save it as UTF-8", line=line)
