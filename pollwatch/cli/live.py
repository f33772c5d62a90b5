"""How is a live check of the whole catalogue shown?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from digest.plain import counted, one_line, shortened
from pollwatch.cli.exits import Exit
from pollwatch.cli.options import given
from pollwatch.cli.printing import all_well, data, progress, record, stamp, table, talk, wrapped

if TYPE_CHECKING:
    from domain.poll import Poll
    from pollwatch.live import CheckedFeed, LiveCheck
    from pollwatch.wiring import House

LONGEST_ID = 30


def check_all(wired: House, *, html: Path | None) -> Exit:
    """Check every feed live, and show how all are; what was found never counts."""
    from pollwatch.live import check_live, page

    with progress() as show:

        def on_poll(done: int, of: int, poll: Poll) -> None:
            show(f"{done:,} of {of:,} feeds  {shortened(poll.feed_id, LONGEST_ID):<{LONGEST_ID}}")

        found = check_live(wired, on_poll=on_poll)
    if given().json:
        for one in found.feeds:
            record(_record(one))
    else:
        _print(found)
    if html is not None:
        html.write_text(page(found, now=wired.clock()), encoding="utf-8")
    return Exit.STOPPED if found.was_stopped else Exit.DONE


def _print(found: LiveCheck) -> None:
    if found.feeds:
        table(
            ("FEED", "HEALTH", "TRUST", "LISTED", "TO BE MENDED"),
            [_row(one) for one in found.feeds],
        )
        data()
    for one in found.feeds:
        for problem in one.problems:
            data(f"{one.watched.feed.id}: {problem.code}")
            hint = wrapped(f"To do: {problem.hint}", indent="  ") if problem.hint else []
            data("\n".join([*wrapped(problem.detail, indent="  "), *hint]))
    health = ", ".join(f"{count:,} {name}" for name, count in found.health().items())
    feeds = counted(len(found.feeds), "feed")
    all_well(f"{feeds}, {found.polled:,} polled now: {health or 'none configured'}.")
    if found.left:
        talk(
            f"{counted(found.left, 'feed')} still to be asked; the same command goes on with them."
        )


def _row(one: CheckedFeed) -> tuple[str, ...]:
    return (
        shortened(one.watched.feed.id, LONGEST_ID),
        one.watched.health,
        one.watched.source.trust,
        f"{one.poll.listed:,}" if one.poll else "",
        ", ".join(problem.code for problem in one.problems),
    )


def _record(one: CheckedFeed) -> dict[str, object]:
    state = one.watched.state
    return {
        "feed": one.watched.feed.id,
        "trust": one.watched.source.trust,
        "health": one.watched.health,
        "polled_now": one.poll is not None,
        "last_polled": stamp(state.last_polled_at) if state else None,
        "listed": one.poll.listed if one.poll else None,
        "releases": one.poll.stored if one.poll else None,
        "problems": [
            {
                "code": problem.code,
                "place": problem.place,
                "detail": one_line(problem.detail),
                "hint": one_line(problem.hint),
            }
            for problem in one.problems
        ],
    }
