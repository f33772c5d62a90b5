"""pollwatch releases diff: what was changed after publication?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import click

from digest.plain import counted
from pollwatch.cli.exits import Exit
from pollwatch.cli.finding import named
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import data, moment, record, stamp, talk, wrapped

if TYPE_CHECKING:
    from analysis.differences import Stretch
    from domain.release import Revision
    from domain.story import StoredRelease


@click.command(
    short_help="Show what was changed after publication.",
    epilog="\b\nExample:\n  pollwatch releases diff r2k4m7p9\n",
)
@click.argument("name", metavar="ID|ADDRESS")
@common
def diff(*, name: str) -> Exit:
    """Show what was changed after publication, and when we saw it.

    [-words-] went, {+words+} came; paragraphs that stayed are left out, but for those beside a
    change.
    """
    with house() as wired:
        release = named(wired.store, name)
    if release is None:
        return Exit.FAILED
    if given().json:
        record(_record(release))
    elif len(release.revisions) == 1:
        talk(f"It was not changed since {moment(release.first_seen_at)}, when we first saw it.")
    else:
        data("\n".join(_page(release)))
    return Exit.DONE


def _page(release: StoredRelease) -> Iterator[str]:
    from analysis.differences import differences

    yield from wrapped(release.title or "(no title)")
    yield from wrapped(release.institution)
    for old, new in pairwise(release.revisions):
        yield ""
        yield f"{moment(old.seen_at)} -> {moment(new.seen_at)}"
        for part, before, after in _parts(old, new):
            if before != after:
                yield f"  {part}"
                yield from _hunks(_paragraphs(differences(before, after)))


def _parts(old: Revision, new: Revision) -> tuple[tuple[str, str, str], ...]:
    return (("Title", old.title, new.title), ("Text", old.text, new.text))


def _paragraphs(stretches: Sequence[Stretch]) -> list[tuple[bool, str]]:
    """Lines with their marks, and whether anything in them changed."""
    from analysis.differences import Deed

    marks = {Deed.STAYED: "{}", Deed.WENT: "[-{}-]", Deed.CAME: "{{+{}+}}"}
    lines: list[tuple[bool, str]] = [(False, "")]
    for stretch in stretches:
        first, *others = stretch.text.split("\n")
        for number, piece in enumerate((first, *others)):
            if number:
                lines.append((False, ""))
            changed, line = lines[-1]
            is_change = stretch.deed is not Deed.STAYED and piece.strip() != ""
            lines[-1] = (changed or is_change, line + _marked(piece, marks[stretch.deed]))
    return lines


def _marked(piece: str, mark: str) -> str:
    """White space stays outside of the marks, where it separates words."""
    words = piece.strip()
    return piece.replace(words, mark.format(words), 1) if words else piece


def _hunks(lines: Sequence[tuple[bool, str]]) -> Iterator[str]:
    """Changed paragraphs, each with its neighbours; how many lie between."""
    changed = [number for number, (is_changed, _) in enumerate(lines) if is_changed]
    shown = {near for number in changed for near in range(number - 1, number + 2)}
    left_out = 0
    for number, (_, line) in enumerate(lines):
        if number not in shown:
            left_out += 1
            continue
        yield from _gap(left_out)
        left_out = 0
        yield from wrapped(line, indent="    ")
    yield from _gap(left_out)


def _gap(paragraphs: int) -> Iterator[str]:
    if paragraphs:
        yield f"    ({counted(paragraphs, 'paragraph')} as before)"


def _record(release: StoredRelease) -> dict[str, object]:
    return {
        "release": release.id,
        "changes": [
            {
                "from": stamp(old.seen_at),
                "to": stamp(new.seen_at),
                **{
                    part.lower(): _stretches(before, after)
                    for part, before, after in _parts(old, new)
                },
            }
            for old, new in pairwise(release.revisions)
        ],
    }


def _stretches(before: str, after: str) -> list[list[str]]:
    from analysis.differences import differences

    return [[one.deed, one.text] for one in differences(before, after)]
