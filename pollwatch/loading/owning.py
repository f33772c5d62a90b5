"""How does a folder become a user's own, and a shipped file theirs to edit?

Nothing that a user wrote is ever overwritten. Beside each shipped file that is copied, the copy it
began from is kept under ``.shipped/``, so that later it can be told what an upgrade changed.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from domain.errors import ConfigError, PollwatchError

BEGUN_FROM = ".shipped"
_ASIDE = "# Take away the '# ' before an option to change it.\n"
_OPTION = re.compile(r"^(?=\w+ = )", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFile:
    """A file in a user's folder, made just now or there already."""

    path: Path
    is_new: bool


def begin_folder(folder: Path, *, base: Path) -> tuple[OwnFile, ...]:
    """A folder with settings and subscribers, everything in them commented out.

    Files that are there already stay as they are.
    """
    settings = (base / "settings.toml").read_text(encoding="utf-8")
    subscribers = (base / "subscribers.yaml").read_text(encoding="utf-8")
    return (
        # What is written out would hold against better defaults of later versions.
        _written(folder / "settings.toml", _ASIDE + _OPTION.sub("# ", settings)),
        _written(folder / "subscribers.yaml", subscribers),
    )


def take_over(name: str, *, own: Path, base: Path) -> OwnFile:
    """A user's own copy of a shipped file, with the copy that it began from kept beside it."""
    if own.resolve() == base.resolve():
        text = f"{own} is the folder that comes with the program; name one of your own with "
        raise ConfigError((f"{text}--config (`pollwatch init DIR` makes one)",))
    if (own / name).exists():
        return OwnFile(path=own / name, is_new=False)
    shipped = (base / name).read_text(encoding="utf-8")
    begun = own / BEGUN_FROM / name
    try:
        begun.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(base / name, begun)
    except OSError as error:
        raise _not_written(begun, error) from error
    return _written(own / name, shipped)


def _written(path: Path, text: str) -> OwnFile:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        if not path.is_file():
            raise _not_written(path, error) from error
        return OwnFile(path=path, is_new=False)
    except OSError as error:
        raise _not_written(path, error) from error
    return OwnFile(path=path, is_new=True)


def _not_written(path: Path, error: OSError) -> PollwatchError:
    return PollwatchError(
        f"{path} cannot be written ({error.strerror})",
        next_step="Name another folder, or see who may write there",
    )
