"""What do the files hold that count?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG

from pollwatch.loading import plain_toml, plain_yaml
from pollwatch.loading.documents import MAX_BYTES, Document, unreadable
from pollwatch.loading.folders import ConfigFile


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedFile:
    """A file that counts, as read."""

    name: str
    """Its path in a configuration folder: ``sources/pl/pl_mfa.yaml``."""
    document: Document
    checksum: str
    """SHA-256 of its bytes, and of the file beneath it where that counts too."""
    beneath: Document | None
    """The shipped file that it says it extends."""
    is_own: bool
    """False for what comes with the program."""
    replaces_shipped: bool

    @property
    def is_switched_off(self) -> bool:
        """True for a file of the single line ``enabled: false``."""
        return dict(self.document.value) == {"enabled": False}


def loaded(file: ConfigFile) -> LoadedFile:
    """A file, read; what is wrong with it is in its document."""
    document, checksum = _read(file.path)
    beneath = None
    if file.replaces is not None and document.value.get("extends") == "shipped":
        beneath, below = _read(file.replaces)
        checksum = sha256(f"{checksum} {below}".encode()).hexdigest()
    return LoadedFile(
        name=file.name,
        document=document,
        checksum=checksum,
        beneath=beneath,
        is_own=file.is_own,
        replaces_shipped=file.replaces is not None,
    )


def checksum_of(files: Iterable[LoadedFile]) -> str:
    """One checksum for a set of files; another name is another set."""
    lines = sorted(f"{file.name} {file.checksum}" for file in files)
    return sha256("\n".join(lines).encode()).hexdigest()


def _read(path: Path) -> tuple[Document, str]:
    try:
        # To open a pipe is to wait for whoever writes to it.
        if not S_ISREG(path.stat().st_mode):
            text = "is no file that can be read; put a file in its place, or delete it"
            return unreadable(str(path), text), ""
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        text = f"cannot be read ({error.strerror}); mend its permissions, or delete it"
        return unreadable(str(path), text), ""
    read = plain_toml.read if path.suffix == ".toml" else plain_yaml.read
    return read(data, file=str(path)), sha256(data).hexdigest()
