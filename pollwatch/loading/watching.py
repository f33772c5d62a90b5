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
from pollwatch.loading.folders import misplaced, overlay, shipped

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
        self._files: object = None
        """How the files were when they were last read, once they have settled."""

    def look(self) -> Config | Mistakes | None:
        """An edited configuration without a mistake, or the mistakes of one; None without news.

        Each is told once. Files that are put back as they were are news after mistakes.
        """
        files = self._stand()
        if files is not None and files == self._files:
            return None
        found: Config | Mistakes
        try:
            found = load(
                self._folder, environ=self._environ, overrides=self._overrides, base=self._base
            )
        except ConfigError as error:
            found = error.mistakes
        mark = found.checksum if isinstance(found, Config) else found
        is_settled, self._seen = mark == self._seen, mark
        self._files = files if is_settled else None
        if not is_settled or mark == self._told:
            return None
        self._told = mark
        return found

    def _stand(self) -> object:
        """What changes with any edit, and costs no reading; None where it cannot be told."""
        base, own = self._base or shipped(), self._folder
        try:
            files = overlay(base, own)
            paths = [path for file in files.values() for path in (file.path, file.replaces) if path]
            stats = [(path, path.stat()) for path in paths]
            return misplaced(own) if own else (), [
                (path, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
                for path, stat in stats
            ]
        except (OSError, ConfigError):
            return None
