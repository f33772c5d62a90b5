"""pollwatch demo: the whole job on a small town of press offices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING

import click

from pollwatch.cli.digest import WEEK, seen_within, show
from pollwatch.cli.exits import Exit
from pollwatch.cli.options import common, given, house, say
from pollwatch.cli.printing import talk
from pollwatch.cli.run import run

if TYPE_CHECKING:
    from digest.edition import Digest


@click.command(
    short_help="Collect from a small town on this machine; print the digest.",
    epilog="\b\nExamples:\n  pollwatch demo\n  pollwatch demo --keep ./town\n",
)
@click.option(
    "--keep",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Leave everything in this folder, which must be new or empty.",
)
@common
@click.pass_context
def demo(ctx: click.Context, *, keep: Path | None) -> Exit:
    """Collect from some twenty press offices on this machine, and print the digest.

    The digest is left as a web page and as a mail file, too. Its texts are samples, written for
    pollwatch after the public record. Nothing leaves this machine.
    """
    from pollwatch.demo.configuration import write_config
    from pollwatch.demo.offices import town_offices
    from pollwatch.demo.town import Town

    if given().db or given().config:
        raise click.UsageError("the demo has a database and a configuration of its own; see --keep")
    with _folder(keep) as folder, Town(town_offices()) as town:
        write_config(folder, port=town.port)
        say(db=str(folder / "pollwatch.db"), config=folder)
        talk(
            f"A town of {len(town.hosts)} press offices is open on 127.0.0.1:{town.port}.\n"
            "Some of them misbehave on purpose; the problems below are part of the show.\n"
        )
        ctx.invoke(run, only=(), everything=True, dry_run=False)
        talk("")
        with house() as wired:
            page = seen_within(wired, WEEK)
        show(page)
        _leave(page, keep or Path(mkdtemp(prefix="pollwatch-demo-digest-")))
    if keep:
        talk(f"\nKept: pollwatch status --config {folder} --db {folder / 'pollwatch.db'}")
    return Exit.DONE


def _leave(page: Digest, folder: Path) -> None:
    """Write the digest as readers would get it, and say where."""
    from digest.message import Envelope, mailbox, to_message
    from digest.render import render_html
    from domain.subscriber import MailFormat

    envelope = Envelope(
        sender=mailbox("pollwatch@town.example", name="pollwatch"),
        to=mailbox("desk@town.example"),
        unsubscribe_to=mailbox("unsubscribe@town.example"),
        unsubscribe_url=None,
    )
    html, mail = folder / "digest.html", folder / "digest.eml"
    html.write_text(render_html(page), encoding="utf-8")
    mail.write_bytes(to_message(page, envelope=envelope, wanted=MailFormat.HTML).as_bytes())
    talk(f"\nThe digest as a web page:  {html}\nThe digest as a mail file: {mail}")


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        with TemporaryDirectory(prefix="pollwatch-demo-") as folder:
            yield Path(folder)
        return
    if keep.is_dir() and any(keep.iterdir()):
        raise click.UsageError(f"{keep} is not empty; name a new folder")
    keep.mkdir(parents=True, exist_ok=True)
    yield keep
