from __future__ import annotations

from pathlib import Path

import pytest

from domain.errors import ConfigError
from pollwatch.loading import Config, load


class ConfigFolder:
    """A user's own folder, without the shipped catalogue unless a test writes other settings."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.write("settings.toml", "[sources]\nshipped = false\n")

    def write(self, name: str, text: str) -> Path:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def load(self, **environ: str) -> Config:
        return load(self.path, environ={"HOME": "/home/desk", **environ})

    def mistakes(self, **environ: str) -> list[str]:
        """The mistakes, with paths as in the folder."""
        with pytest.raises(ConfigError) as error:
            self.load(**environ)
        return [mistake.replace(f"{self.path}/", "") for mistake in error.value.mistakes]


@pytest.fixture
def folder(tmp_path: Path) -> ConfigFolder:
    return ConfigFolder(tmp_path)
