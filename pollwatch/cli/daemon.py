"""pollwatch daemon: what run and digest send do, on a schedule of its own."""

from __future__ import annotations

import os

import click

from pollwatch.cli.exits import Exit
from pollwatch.cli.options import common, house, said_options
from pollwatch.cli.readying import make_ready

LOOPBACK = "127.0.0.1"


class Address(click.ParamType[tuple[str, int]]):
    """``9464``, ``0.0.0.0:9464`` or ``[::]:9464``."""

    name = "address"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        """The address and the port to listen at."""
        host, _, port = str(value).rpartition(":")
        if not (port.isascii() and port.isdigit() and int(port) < 2**16):
            self.fail(f"'{value}' is no port; write 9464, or 0.0.0.0:9464", param, ctx)
        return host.strip("[]") or LOOPBACK, int(port)


@click.command(
    short_help="Do it all on a schedule, until told to stop.",
    epilog="\b\nExamples:\n  pollwatch daemon\n  pollwatch daemon --metrics-port 9464\n",
)
@click.option(
    "--metrics-port",
    "listen",
    metavar="[ADDRESS:]PORT",
    type=Address(),
    help="Answer /metrics (for Prometheus) and /health here; on the loopback without an address.",
)
@common
def daemon(*, listen: tuple[str, int] | None) -> Exit:
    """Poll what is due, and send digests by each subscriber's hour, until told to stop.

    SIGTERM or Ctrl-C stores what was fetched and ends; a second one ends at once. Edited files are
    taken on within two minutes, on SIGHUP at once; an edit with a mistake is reported and not
    taken on. Exits 3 where another daemon works with the same database, and where the database
    fails.
    """
    from pollwatch.daemon import keep_going
    from pollwatch.logs import set_up
    from pollwatch.notifying import Notifier
    from pollwatch.wiring import watched

    with house(absent="make") as wired:
        log = wired.config.settings.log
        # Whoever reads the log of a service wants to see that it works.
        set_up(log.level if "log.level" in wired.config.origins else "info", log.format)
        make_ready(wired)
        files = watched(said_options(), wired.config)
        keep_going(wired, watched=files, notifier=Notifier(os.environ), listen=listen)
    return Exit.DONE
