"""Which configuration watches the town?

The one in ``config``, in the real format; only the port and the addresses of the offices are
known no sooner than the town is open.
"""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pollwatch.demo.offices import town_offices
from pollwatch.demo.town import LOOPBACK

# The office that moved away: an address of this machine where nobody listens. Without it,
# somebody's resolver would be asked for a name of ours.
NOWHERE = {"vanished.example": "127.0.0.2"}
OFFICE_ADDRESS = re.compile(r"(http://[a-z.-]+\.example)(?=/)")


def write_config(folder: Path, *, port: int, delay: str = "20ms") -> None:
    """Write a configuration that watches the town at this port, pausing ``delay`` per host."""
    config = files("pollwatch.demo") / "config"
    settings = (config / "settings.toml").read_text("utf-8")
    addresses = dict.fromkeys(town_offices(), LOOPBACK) | NOWHERE
    hosts = "".join(f'"{host}" = "{address}"\n' for host, address in addresses.items())
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "settings.toml", f'{settings}delay = "{delay}"\n\n[crawl.hosts]\n{hosts}')
    for country in (config / "sources").iterdir():
        for source in country.iterdir():
            _write_source(source, folder / "sources" / country.name, port=port)


def _write_source(source: Traversable, folder: Path, *, port: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / source.name, OFFICE_ADDRESS.sub(rf"\1:{port}", source.read_text("utf-8")))


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
