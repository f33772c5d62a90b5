"""pollwatch sources record: what does a source look like today, for tests of tomorrow?"""

from __future__ import annotations

import click

from digest.plain import one_line
from domain.errors import ConfigError
from domain.source import SourceId
from pollwatch.cli.exits import Exit
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import data, talk
from pollwatch.cli.printing import record as print_record


@click.command(
    short_help="Save a source's pages, and draft what is to be read there.",
    epilog="\b\nExample:\n  pollwatch sources record pl_mfa\n",
)
@click.argument("source_id", metavar="ID")
@common
def record(*, source_id: str) -> Exit:
    """Save the list and two releases of each feed, and draft what is to be read there.

    They go into recordings/ID in your configuration folder. The pages belong to their publishers:
    keep them to yourself. Compare expected.yaml with the site, correct it, and delete the line
    'reviewed: no'; what was reviewed is never overwritten.

    Exits 1 where something could not be recorded.
    """
    from pollwatch import recording

    with house(absent="make") as wired:
        wired.feeds([SourceId(source_id)])  # says which ids there are
        source = next(one for one in wired.config.sources if one.id == source_id)
        if wired.config.folder is None:
            said = "a recording goes into a configuration folder of your own, and there is none"
            raise ConfigError((f"{said}; make one with `pollwatch init`",))
        folder = wired.config.folder / recording.FOLDER / source.id
        recording.refuse_reviewed(folder)
        taken = recording.record(wired, source)
    recording.save(taken, folder)
    for failed in taken.failed:
        talk(f"pollwatch: {one_line(failed)}")
    if given().json:
        files = [str(folder / name) for name in taken.files]
        print_record({"source": source.id, "files": files, "failed": list(taken.failed)})
    else:
        for name in taken.files:
            data(str(folder / name))
    if taken.files and not given().quiet:
        talk(f"\nNow compare {folder / recording.EXPECTED} with the site.")
    return Exit.LOOK if taken.failed or not taken.files else Exit.DONE
