"""Where do configuration files lie, and which of two with the same name counts?

The shipped folder comes with the program. A user's own folder overlays it file by file: what
lies at the same relative path replaces the shipped file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

from domain.errors import ConfigError
from pollwatch.loading.mistakes import Mistake, nearest

# Relative paths that are read, now or by a later release; our types anywhere else are a slip.
_EXPECTED = (
    "settings.toml",
    "subscribers.yaml",
    "sources/*/*.yaml",
    "topics/*/*.yaml",
    "elections/*.yaml",
    "names/*.yaml",
)
_OUR_TYPES = (".yaml", ".yml", ".toml")
_LANGUAGE = re.compile(r"[a-z]{2}|any")
# What `sources record` keeps for tests; no part of the configuration.
_RECORDINGS = "recordings/"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFile:
    """The file that counts at one relative path."""

    name: str
    """Its path in a configuration folder: ``sources/pl/pl_mfa.yaml``."""
    path: Path
    replaces: Path | None
    """The shipped file at the same place, where this one is a user's own."""
    is_own: bool
    """False for what comes with the program."""


def shipped() -> Path:
    """The folder that comes with the program: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    packed = package / "config"
    return packed if packed.is_dir() else package.parent / "config"


def find_folder(explicit: Path | None, environ: Mapping[str, str]) -> Path | None:
    """The user's own folder; None where there is none.

    A folder that somebody names must be there: to go on without it would ignore what they want.
    """
    if explicit is not None:
        return _named(explicit, by="--config")
    if environ.get("POLLWATCH_CONFIG"):
        return _named(Path(environ["POLLWATCH_CONFIG"]), by="POLLWATCH_CONFIG")
    here = Path("config")
    holds_ours = (here / "settings.toml").is_file() or (here / "sources").is_dir()
    if holds_ours and not is_shipped(here):
        return here
    usual = usual_folder(environ)
    if usual.is_dir():
        return usual
    # In a checkout this is the shipped folder; what somebody changed there shall count.
    return here if holds_ours else None


def is_shipped(folder: Path) -> bool:
    """True for the folder that comes with the program."""
    return folder.resolve() == shipped().resolve()


def usual_folder(environ: Mapping[str, str]) -> Path:
    """Where a user's own folder lies unless they say otherwise; it need not be there yet."""
    return _user_folder(environ, variable="XDG_CONFIG_HOME", default=".config")


def data_folder(environ: Mapping[str, str]) -> Path:
    """Where the user's data lies unless settings say otherwise; it need not be there yet."""
    return _user_folder(environ, variable="XDG_DATA_HOME", default=".local/share")


def _user_folder(environ: Mapping[str, str], *, variable: str, default: str) -> Path:
    named = Path(environ.get(variable, ""))
    # The XDG specification wants relative paths ignored.
    base = named if named.is_absolute() else Path(environ.get("HOME") or Path.home()) / default
    return base / "pollwatch"


def _named(folder: Path, *, by: str) -> Path:
    folder = folder.expanduser()
    if not folder.is_dir():
        mend = f"make one with `pollwatch init {folder}`, or mend {by}"
        raise ConfigError((f"{folder}: there is no such folder; {mend}",))
    return folder


def overlay(base: Path, own: Path | None) -> dict[str, ConfigFile]:
    """The files that count, by their relative paths, in the order of these."""
    files = {
        name: ConfigFile(name=name, path=base / name, replaces=None, is_own=False)
        for name in _names(base)
    }
    if own is not None:
        for name in _names(own):
            path, below = own / name, files.get(name)
            replaces = below.path if below and below.path.resolve() != path.resolve() else None
            files[name] = ConfigFile(name=name, path=path, replaces=replaces, is_own=True)
    return dict(sorted(files.items()))


def misplaced(own: Path) -> tuple[Mistake, ...]:
    """A mistake for each file that looks like ours and would never be read."""
    read = set(_names(own))
    found = []
    for path in own.rglob("*"):
        name = path.relative_to(own).as_posix()
        is_ours = _meant(path).suffix in _OUR_TYPES and not name.startswith(_RECORDINGS)
        if is_ours and name not in read and not _is_hidden(name):
            leads_nowhere = path.is_symlink() and not path.exists()
            mend = "mend the link, or delete it" if leads_nowhere else _place_for(name)
            text = f"{'leads nowhere' if leads_nowhere else 'is not read here'}; {mend}"
            found.append(Mistake(file=str(path), line=0, text=text))
    return tuple(found)


def _meant(path: PurePath) -> PurePath:
    """What a file is to be called whose editor added ``.txt`` unasked.

    >>> [str(_meant(PurePath(name))) for name in ("de.yaml.txt", "de.txt", "notes.txt")]
    ['de.yaml', 'de.yaml', 'notes.txt']
    """
    if path.suffix != ".txt":
        return path
    bare = path.with_suffix("")
    if _LANGUAGE.fullmatch(bare.name) or bare.suffix == ".yml":
        return bare.with_suffix(".yaml")
    return bare if bare.suffix in _OUR_TYPES else path


def _place_for(name: str) -> str:
    path = PurePosixPath(name)
    if (meant := _meant(path)) != path:
        return f"name it {meant.name}"
    if len(path.parts) == 1 and (near := nearest(name, ("settings.toml", "subscribers.yaml"))):
        return f"name it {near}"
    if path.suffix == ".yml":
        return f"name it {path.with_suffix('.yaml').name}"
    if path.parts[0] == "sources":
        return "put it at sources/xx/xx_name.yaml, xx being the country"
    return "put it under sources/, topics/, elections/ or names/"


def _names(folder: Path) -> Iterator[str]:
    for pattern in _EXPECTED:
        for path in folder.glob(pattern):
            name = path.relative_to(folder).as_posix()
            if not _is_hidden(name):
                yield name


def _is_hidden(name: str) -> bool:
    """True for what editors and ``config edit`` keep for themselves."""
    return any(part.startswith(".") for part in PurePosixPath(name).parts)
