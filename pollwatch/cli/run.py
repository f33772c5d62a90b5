"""pollwatch run: one pass over what is due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from digest.plain import counted, one_line
from pollwatch.cli.exits import Exit
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import data, is_watched, record, talk
from pollwatch.cli.problems import problem_lines
from pollwatch.cli.readying import make_ready
from pollwatch.cli.sending import tell_failures

if TYPE_CHECKING:
    from domain.poll import Poll, Problem
    from domain.source import SourceId
    from pollwatch.wiring import House, RunResult
    from scheduler.mailing import Sent

COUNTS = ("listed", "owed", "known", "stored", "revised", "deferred", "skipped", "failed")
SHOWN = 5
"""So many feeds are named; more would hide what is said of them."""
# What a person wants to see of a poll; what was known already is the rest.
TELLING = ("listed", "stored", "revised", "deferred", "skipped", "failed")


@click.command(
    epilog="\b\nExamples:\n"
    "  pollwatch run\n"
    "  pollwatch run --source pl_mfa --source eu_eeas --all\n"
)
@click.option(
    "--source", "only", metavar="ID", multiple=True, help="Only this source; may be repeated."
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also what is not due yet; never against robots.txt or Retry-After.",
)
@click.option("--dry-run", is_flag=True, help="Say which feeds would be polled; ask nobody.")
@common
def run(*, only: Sequence[SourceId], everything: bool, dry_run: bool) -> Exit:
    """Visit the feeds that are due, once; keep and judge what is new.

    What several feeds publish is recognised as one release, or one story. Whoever asked to be
    told at once is sent an alert.

    Exits 1 when a problem opened. Off a terminal, as under cron, it is silent when none did.
    """
    with house(absent="go without" if dry_run else "make") as wired:
        if dry_run:
            return _tell_due(wired, only, everything=everything)
        from pollwatch.upkeep import judge_feeds

        make_ready(wired)
        watched = is_watched()
        result = wired.run(
            only=only,
            everything=everything,
            on_poll=lambda poll: talk(poll_line(poll)) if watched else None,
        )
        judged = judge_feeds(wired, result.polls)
        sent = _told_at_once(wired, result)
    tell_retired(wired)
    if watched:
        talk(summary(result))
    tell_failures(sent)
    return _tell(result, judged, sent)


def _told_at_once(wired: House, result: RunResult) -> Sent:
    """What was sent of alerts; whoever stops a run does not wait for a mail server."""
    from pollwatch.mailing import mailing
    from scheduler.mailing import Sent

    is_wanted = any(reader.alerts for reader in wired.config.subscribers)
    if result.was_stopped or not is_wanted:
        return Sent()
    return mailing(wired).send_alerts()


def tell_retired(wired: House) -> None:
    """Say which feeds are not polled any more: whoever named another folder may not know."""
    if wired.retired:
        folder = wired.config.folder or "the shipped configuration"
        talk(
            f"pollwatch: {counted(len(wired.retired), 'feed')} retired, for {folder} lacks them:"
            f" {one_line(', '.join(wired.retired[:SHOWN]))}{', …' * (len(wired.retired) > SHOWN)}\n"
            "They keep their state, and go on once a configuration names them again."
        )


def _tell(result: RunResult, judged: Sequence[Problem], sent: Sent) -> Exit:
    opened = [*(problem for poll in result.polls for problem in poll.opened), *judged]
    for problem in opened:
        talk("\n".join(problem_lines(problem)))
    if given().json:
        record(run_record(result))
    if result.was_stopped:
        return Exit.STOPPED
    # What is given up is a problem from then on.
    return Exit.LOOK if opened or sent.given_up or sent.unnoted else Exit.DONE


def _tell_due(wired: House, only: Sequence[SourceId], *, everything: bool) -> Exit:
    feeds = wired.store.due_feeds(wired.feeds(only), now=wired.clock(), everything=everything)
    due = [feed.id for feed in feeds]
    if given().json:
        record({"due": due})
    else:
        data("\n".join(due) or "Nothing is due.")
    return Exit.DONE


def poll_line(poll: Poll) -> str:
    """What one poll brought, on one line."""
    counts = [f"{getattr(poll, name)} {name}" for name in TELLING if getattr(poll, name)]
    said = ", ".join([*counts, *poll.problems])
    return f"{poll.feed_id:<32} {poll.outcome:<9} {said}".rstrip()


def summary(result: RunResult) -> str:
    """What a whole pass brought, and what to do next."""
    if result.was_stopped:
        return "Stopped. What was not reached is kept for the next run."
    if not result.polls:
        return "Nothing is due; `pollwatch run --all` polls nonetheless."
    total = _totals(result)
    revised = sum(poll.revised for poll in result.polls)
    failed = sum(poll.outcome == "failed" for poll in result.polls)
    news = {
        counted(total["releases"], "new release"): total["releases"],
        f"{total['matched']:,} matching": total["matched"],
        counted(total["stories"], "new story", "new stories"): total["stories"],
        f"{revised:,} revised": revised,
        f"{failed:,} without an answer to read": failed,
    }
    said = ", ".join(words for words, number in news.items() if number) or "nothing new"
    polled = f"{counted(len(result.polls), 'feed')} polled in {result.seconds:.1f} s: {said}."
    next_step = "\n`pollwatch digest preview` shows what matched." if total["matched"] else ""
    return polled + next_step


def run_record(result: RunResult) -> dict[str, object]:
    """A whole pass for programs."""
    feeds = [
        {"feed": poll.feed_id, "outcome": poll.outcome}
        | {name: getattr(poll, name) for name in COUNTS}
        | {"problems": list(poll.problems)}
        for poll in result.polls
    ]
    return {"feeds": feeds} | _totals(result) | {"seconds": round(result.seconds, 3)}


def _totals(result: RunResult) -> dict[str, int]:
    """What is new in this pass."""
    return {
        "releases": sum(poll.stored for poll in result.polls),
        "matched": sum(poll.matched for poll in result.polls),
        "stories": sum(poll.stories for poll in result.polls),
    }
