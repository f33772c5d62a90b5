"""How does a map of states look that needs no geography? A tile for each state, where it lies.

Every state has the same room, so that Malta is seen as well as Russia, and a page carries no
borders that somebody disputes. What a tile says is written on it, in words a pointer or a screen
reader finds, and in a mark; colour is never alone. The layout is ``world.txt``; ``docs/decisions``
says why it is one of our own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

from digest.plain import one_line
from domain.actors import name_of

TILE = 36
GAP = 3
EMPTY = ".."
STYLE = (
    "text{font-family:system-ui,sans-serif;text-anchor:middle}"
    ".code{font-size:13px;font-weight:600}.mark{font-size:12px}"
    # What nothing is said of is an outline, in the colours of the page around it.
    ".none rect{fill:none;stroke:currentColor;stroke-opacity:.45;stroke-dasharray:2 3}"
    ".none text{fill:currentColor;fill-opacity:.7;font-weight:400}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """One of the few things that a map tells apart."""

    name: str
    """As the legend says it."""
    mark: str
    """One sign that says the same without colour."""
    fill: str
    ink: str
    """The colour of what is written on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """What a map says of one state."""

    shade: Shade
    words: str
    """In full, for those who point at it or have it read to them."""


# From blue to orange and grey: kept apart by those who see no red or no green, and in print by
# their lightness (after Okabe and Ito).
BLUE = ("#0b4f8a", "#ffffff")
SKY = ("#8cc5ec", "#10222f")
PALE = ("#dcebf6", "#10222f")
AMBER = ("#f0b429", "#241a00")
RUST = ("#a63c06", "#ffffff")
GREY = ("#c9c9c9", "#1c1c1c")


@cache
def layout() -> tuple[tuple[str, ...], ...]:
    """The rows of the map, with ``..`` for what is sea or left out."""
    text = (files("digest") / "world.txt").read_text(encoding="utf-8")
    return tuple(tuple(row.split()) for row in text.splitlines())


def without_a_tile(codes: Sequence[str]) -> tuple[str, ...]:
    """Those of these states that the map has no room for; they belong beside it in words."""
    drawn = {code for row in layout() for code in row}
    return tuple(code for code in codes if code not in drawn)


def world_map(tiles: Mapping[str, Tile], *, title: str, unknown: str) -> str:
    """A map as SVG; ``unknown`` is what it says of a state without a tile of its own."""
    rows = layout()
    width, height = (GAP + count * (TILE + GAP) for count in (len(rows[0]), len(rows)))
    drawn = "".join(
        _tile(code, tiles.get(code), column=column, row=row, unknown=unknown)
        for row, codes in enumerate(rows)
        for column, code in enumerate(codes)
        if code != EMPTY
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f' aria-label="{_said(title)}"><title>{_said(title)}</title>'
        f"<style>{STYLE}</style>{drawn}</svg>"
    )


def legend(tiles: Mapping[str, Tile], shades: Sequence[Shade]) -> Iterator[tuple[Shade, int]]:
    """Each shade with the number of tiles that have it."""
    for shade in shades:
        yield shade, sum(tile.shade == shade for tile in tiles.values())


def swatch(shade: Shade) -> str:
    """A tile as small as a letter, for a legend."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18" width="18" height="18"'
        f' aria-hidden="true"><rect width="18" height="18" rx="3" fill="{_said(shade.fill)}"/>'
        f'<text x="9" y="13" font-size="12" text-anchor="middle" fill="{_said(shade.ink)}">'
        f"{_said(shade.mark)}</text></svg>"
    )


def _tile(code: str, tile: Tile | None, *, column: int, row: int, unknown: str) -> str:
    x, y = (GAP + place * (TILE + GAP) for place in (column, row))
    words = f"{name_of(code)}: {tile.words if tile else unknown}"
    style = f'fill="{_said(tile.shade.ink)}"' if tile else 'class="none"'
    ground = f' fill="{_said(tile.shade.fill)}"' if tile else ""
    mark = _said(tile.shade.mark) if tile else ""
    return (
        f'<g transform="translate({x} {y})" {style}><title>{_said(words)}</title>'
        f'<rect width="{TILE}" height="{TILE}" rx="4"{ground}/>'
        f'<text class="code" x="{TILE // 2}" y="16">{code}</text>'
        f'<text class="mark" x="{TILE // 2}" y="31">{mark}</text></g>'
    )


def _said(text: str) -> str:
    return escape(one_line(text), quote=True)
