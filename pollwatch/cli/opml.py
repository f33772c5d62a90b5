"""pollwatch sources export-opml and import-opml: lists of feeds, to and from other readers."""

from __future__ import annotations

from pathlib import Path

import click

from digest.plain import counted, one_line
from domain.errors import ConfigError
from pollwatch.cli.exits import Exit
from pollwatch.cli.options import common, given, house
from pollwatch.cli.printing import data, record, talk


@click.command(
    "export-opml",
    short_help="Write the catalogue as OPML, for feed readers.",
    epilog="\b\nExample:\n  pollwatch sources export-opml > sources.opml\n",
)
@common
def export_opml() -> None:
    """Write the catalogue as OPML on stdout, a folder a country.

    Feeds that readers cannot subscribe to, such as listings, are links in it.
    """
    from pollwatch.opml import exported

    with house(absent="go without") as wired:
        click.echo(exported(wired.config.sources), nl=False)


@click.command(
    "import-opml",
    short_help="Draft a file for each site of an OPML list.",
    epilog="\b\nExample:\n  pollwatch sources import-opml subscriptions.opml\n",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@common
def import_opml(*, file: Path) -> Exit:
    """Draft a source for each site of an OPML list, in your configuration folder.

    What is watched already is left out, and no file is ever overwritten. Nothing is asked for:
    `pollwatch sources try ID` does that. Exits 1 where something of the list was left out.
    """
    from pollwatch import opml

    with house(absent="go without") as wired:
        folder = wired.config.folder
        if folder is None:
            said = "drafts go into a configuration folder of your own, and there is none"
            raise ConfigError((f"{said}; make one with `pollwatch init`",))
        with file.open("rb") as stream:
            body = stream.read(opml.LARGEST + 1)
        found = opml.read_outlines(body, file=str(file))
        sources = wired.config.sources
        watched = [feed.url for source in sources for feed in source.feeds]
        taken = {source.id for source in sources} | opml.ids_in(folder).keys()
        drafts = list(opml.drafts_of(found.feeds, watched=watched, taken=taken))
    for path in opml.save(drafts, folder):
        if given().json:
            record({"file": str(path)})
        else:
            data(str(path))
    for said in found.left_out:
        talk(f"pollwatch: left out: {one_line(said)}")
    if not given().quiet:
        feeds = sum(len(draft.feeds) for draft in drafts)
        known = len(found.feeds) - feeds
        talk(
            f"{counted(len(drafts), 'source')} with {counted(feeds, 'feed')} drafted,"
            f" {counted(known, 'feed')} watched already."
            + ("\nCorrect country and language, then `pollwatch sources try ID`." if drafts else "")
        )
    return Exit.LOOK if found.left_out else Exit.DONE
