"""pollwatch evidence: what an editor or a lawyer accepts as proof of a release."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import click

from digest.plain import one_line
from pollwatch.cli.exits import Exit
from pollwatch.cli.finding import HOW_TO_FIND
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import data, record, talk


@click.command(
    short_help="Write a zip with text, page and checksums of a release.",
    epilog="\b\nExamples:\n"
    "  pollwatch evidence r2k4m7p9\n"
    "  pollwatch evidence r2k4m7p9 --output /tmp/for-the-lawyer.zip\n",
)
@click.argument("release_id", metavar="ID")
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write it; evidence-ID.zip here unless said. Nothing is written over.",
)
@common
def evidence(*, release_id: str, output: Path | None) -> Exit:
    """Write a zip that proves a release: text, original page, headers, checksums and times.

    Its README.txt explains it to people who never heard of pollwatch. Exits 1 where a page is no
    longer kept, which manifest.json says too.
    """
    from pollwatch.evidence import zipped

    with house() as wired:
        found = wired.store.evidence(release_id)
        now, zones = wired.clock(), wired.zones
    if found is None:
        talk(f"pollwatch: there is no release '{one_line(release_id)}'; {HOW_TO_FIND}")
        return Exit.FAILED
    zone = zones.get(found.release.source_id, UTC)
    path = output or Path(f"evidence-{found.release.id}.zip")
    try:
        with path.open("xb") as file:
            file.write(zipped(found, now=now, zone=zone))
    except FileExistsError:
        talk(f"pollwatch: {one_line(str(path))} is there already; name another with --output")
        return Exit.FAILED
    except OSError as error:
        talk(f"pollwatch: {one_line(str(path))} cannot be written ({error.strerror})")
        return Exit.FAILED
    is_whole = all(one.page and one.page.body is not None for one in found.exhibits)
    if given().json:
        record({"release": found.release.id, "file": str(path), "pages_kept": is_whole})
    else:
        data(str(path))
    if not is_whole:
        talk("Not every page behind it is still kept; manifest.json says which, and why.")
    return Exit.DONE if is_whole else Exit.LOOK
