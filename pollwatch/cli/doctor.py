"""pollwatch doctor: does everything work here, and how is it mended?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pollwatch.cli.exits import Exit
from pollwatch.cli.options import common, given, said_options
from pollwatch.cli.printing import all_well, data, record, wrapped

if TYPE_CHECKING:
    from pollwatch.cli.examining import Finding

INDENT = " " * 6


@click.command(
    short_help="Check all that is needed here, and say how to mend it.",
    epilog="\b\nExamples:\n  pollwatch doctor\n  pollwatch doctor --quiet\n",
)
@common
def doctor() -> Exit:
    """Check all that is needed, and say how to mend what does not work.

    Configuration, database, disk, clock, names of hosts, mail server: each is tried, nothing is
    changed, and nobody is mailed. Works without a network too, and says what is out of reach.

    Exits 1 where something is to be mended.
    """
    from pollwatch.cli.examining import examine
    from pollwatch.wiring import utc_now

    is_well = True
    for finding in examine(said_options(), now=utc_now()):
        is_well = is_well and not finding.mend
        if given().json:
            record(_record(finding))
        elif finding.mend:
            data("\n".join(_lines(finding)))
        else:
            all_well("\n".join(_lines(finding)))
    return Exit.DONE if is_well else Exit.LOOK


def _lines(finding: Finding) -> list[str]:
    verdict = "mend" if finding.mend else "ok"
    first, *rest = wrapped(f"{finding.subject}: {finding.said}", indent=INDENT)
    mend = wrapped(f"To do: {finding.mend}", indent=INDENT) if finding.mend else []
    return [verdict.ljust(len(INDENT)) + first.lstrip(), *rest, *mend]


def _record(finding: Finding) -> dict[str, object]:
    return {
        "subject": finding.subject,
        "ok": not finding.mend,
        "said": finding.said,
        "mend": finding.mend,
    }
