"""Was the configuration edited, and is the edit fit to be taken on?

For a process that runs on while people edit. An edit counts once two looks in a row have read the
same, so that a file which an editor is just writing is never taken for finished. It is then taken
on as a whole, or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from domain.errors import ConfigError
from pollwatch.loading.config import NO_OVERRIDES, Config, load

Mistakes = tuple[str, ...]


class Watched:
    """The configuration that a process works with, and what has become of its files since."""

    def __init__(
        self,
        config: Config,
        *,
        environ: Mapping[str, str],
        overrides: Mapping[str, str] = NO_OVERRIDES,
        base: Path | None = None,
    ) -> None:
        self._folder = config.folder
        self._environ = environ
        self._overrides = overrides
        self._base = base
        self._told: str | Mistakes = config.checksum
        self._seen: str | Mistakes = config.checksum

    def look(self) -> Config | Mistakes | None:
        """An edited configuration without a mistake, or the mistakes of one; None without news.

        Each is told once. Files that are put back as they were are news after mistakes.
        """
        found: Config | Mistakes
        try:
            found = load(
                self._folder, environ=self._environ, overrides=self._overrides, base=self._base
            )
        except ConfigError as error:
            found = error.mistakes
        mark = found.checksum if isinstance(found, Config) else found
        is_settled, self._seen = mark == self._seen, mark
        if not is_settled or mark == self._told:
            return None
        self._told = mark
        return found
