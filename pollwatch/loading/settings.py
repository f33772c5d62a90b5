"""Which options are there, and what may be written for each?

The models below are the whole list, with defaults; ``docs/settings.md`` and
``config/settings.toml`` explain it to people and are compared with it. ``layers`` finds out what
holds here.
"""

from __future__ import annotations

import re
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, SecretStr

from domain.urls import without_password
from pollwatch.loading.checking import Declared
from pollwatch.loading.quantities import duration, written_duration
from pollwatch.loading.values import (
    Duration,
    Line,
    MailAddress,
    Name,
    Several,
    Size,
    WebAddress,
    read_by,
)

_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_CHANNEL = re.compile(r"(\S+?)\s*=\s*(\S+)")
_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----[\x00-\x7f]*?-----END CERTIFICATE-----")


def _longer_than_nothing(value: timedelta) -> timedelta:
    if not value:
        raise ValueError("is no time at all; write more than 0")
    return value


def _database(text: str) -> str:
    """A URL as SQLAlchemy takes it; what is no URL is the path of an SQLite file."""
    if not text.strip():
        raise ValueError("is empty; write the path of a file, or delete the line")
    if "://" not in text:
        return f"sqlite:///{Path(text).expanduser().absolute()}"
    scheme = text.partition("://")[0].partition("+")[0]
    if scheme not in ("sqlite", "postgresql"):
        raise ValueError(
            f"'{scheme}' is no database we can keep; write the path of a file, "
            "sqlite:///path, or postgresql://user@host/name"
        )
    return text


def _parts(written: object) -> object:
    """A list, or text from the environment: ``eu/*, pl_mfa``."""
    return [part.strip() for part in written.split(",")] if isinstance(written, str) else written


def _addresses(written: object) -> object:
    """A table, or text from the environment: ``name=address, name=address``."""
    if isinstance(written, str):
        pairs = (pair.partition("=") for pair in written.split(",") if pair.strip())
        written = {name.strip(): address.strip() for name, _, address in pairs}
    if isinstance(written, dict):
        return {str(name).lower(): address for name, address in written.items()}
    return written


def _address(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        raise ValueError(f"'{text}' is no address; write one like 127.0.0.1") from None


def _text_in(text: str) -> str:
    """What a file holds."""
    path = Path(text).expanduser().absolute()
    try:
        # To open a pipe is to wait for whoever writes to it.
        if path.exists() and not path.is_file():
            raise ValueError(f"'{text}' is no file; write the path of a text file")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", "") or "it is not UTF-8"
        raise ValueError(
            f"'{text}' cannot be read ({reason}); write the path of a text file that can"
        ) from None


def _certificates(text: str) -> str:
    """The path of a file that holds certificates, each of which can be read."""
    from ssl import PROTOCOL_TLS_CLIENT, SSLContext

    found = "\n".join(_CERTIFICATE.findall(_text_in(text)))
    try:
        SSLContext(PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=found)
    except (OSError, ValueError):  # SSLError is an OSError
        what = "a certificate that cannot be read" if found else "no certificate"
        mend = "write the path of a file with '-----BEGIN CERTIFICATE-----' in it"
        raise ValueError(f"'{text}' holds {what}; {mend}") from None
    return str(Path(text).expanduser().absolute())


def _secret_in(text: str) -> SecretStr:
    """What the file holds: the path is of no use to anybody later."""
    return SecretStr(_text_in(text).strip())


def _channels(written: object) -> object:
    """A table, or text from a file or the environment: ``name = address``, again and again."""
    if not isinstance(written, str):
        return written
    text = _COMMENT.sub("", written)
    found = _CHANNEL.findall(text)
    if _CHANNEL.sub("", text).strip():
        raise ValueError(
            "holds more than names and addresses; write 'chat = slack://…', one a line"
        )
    if len(dict(found)) < len(found):
        raise ValueError("names a channel twice; write another name")
    return dict(found)


def _channels_in(text: str) -> object:
    return _channels(_text_in(text))


def _channel(url: SecretStr) -> SecretStr:
    """An address that Apprise can make something of; it is a secret, and not shown."""
    from digest.channels import is_known

    if not is_known(url.get_secret_value()):
        raise ValueError("is no address of a channel; write one as Apprise takes it, like ntfy://…")
    return url


def _backlog(text: str) -> timedelta:
    return timedelta() if text == "0" else duration(text)


def _keeping(text: str) -> timedelta | None:
    return None if text == "forever" else duration(text)


def _server(text: str) -> str:
    # Not shown: whoever writes an address here may have written a password into it.
    if not re.fullmatch(r"[\w.:-]+", text) or "://" in text:
        raise ValueError("is no name of a server; write one like mail.example.org")
    return text


def _keeping_written(kept: timedelta | None) -> str:
    return "forever" if kept is None else written_duration(kept)


def _starred(_: object) -> str:
    return "***"


Certificates = Annotated[str, read_by(_certificates)]
Secret = Annotated[SecretStr, PlainSerializer(_starred)]
Channel = Annotated[Secret, AfterValidator(_channel)]
SecretFile = Annotated[Secret, read_by(_secret_in)]
PositiveDuration = Annotated[Duration, AfterValidator(_longer_than_nothing)]
PositiveSize = Annotated[Size, Field(gt=0)]
Backlog = Annotated[timedelta, read_by(_backlog), PlainSerializer(written_duration)]
Keeping = Annotated[timedelta | None, read_by(_keeping), PlainSerializer(_keeping_written)]
"""None keeps for ever."""
Database = Annotated[str, read_by(_database), PlainSerializer(without_password)]
Server = Annotated[str, read_by(_server)]
Patterns = Annotated[Several[Line], BeforeValidator(_parts)]
Hosts = Annotated[dict[str, Annotated[str, read_by(_address)]], BeforeValidator(_addresses)]
Channels = Annotated[dict[Name, Channel], BeforeValidator(_channels)]
ChannelFile = Annotated[dict[Name, Channel], read_by(_channels_in)]
Count = Annotated[int, Field(ge=0)]
PositiveCount = Annotated[int, Field(ge=1)]
Port = Annotated[int, Field(ge=1, le=65535)]


class DatabaseSettings(Declared):
    """Where everything is remembered."""

    url: Database = Field(default="", repr=False)
    """May hold a password. Empty only until the layers are laid over one another: then it is a
    file in the user's data folder."""


class SourcesSettings(Declared):
    """Which part of the catalogue is used."""

    shipped: bool = True
    only: Patterns = ()


class CrawlSettings(Declared):
    """Manners and limits of visits."""

    user_agent: Line = "pollwatch (press release monitor; operator has not named a contact)"
    delay: Duration = timedelta(seconds=2)
    timeout: PositiveDuration = timedelta(seconds=30)
    page_limit: PositiveSize = 5_000_000
    at_once: PositiveCount = 8
    releases_per_run: Count = 30
    allow_private: bool = False
    hosts: Hosts = Field(default_factory=dict)
    """Names in small letters, and addresses."""
    ca_file: Certificates | None = None


class DigestSettings(Declared):
    """What a digest holds."""

    backlog: Backlog = timedelta()


class MailSettings(Declared):
    """The server that takes our mail, and what the mail says of its sender."""

    host: Server = "localhost"
    port: Port = 25
    username: Line | None = None
    password: Secret | None = None
    """Also where it was read from a file."""
    password_file: SecretFile | None = None
    """What the file holds."""
    tls: Literal["none", "starttls", "tls"] = "none"
    sender: MailAddress | None = None
    per_hour: PositiveCount = 60
    unsubscribe_to: MailAddress | None = None
    unsubscribe_url: WebAddress | None = None


class AlertsSettings(Declared):
    """What is told at once, and by which ways besides mail."""

    pause: PositiveDuration = timedelta(hours=1)
    channels: Channels = Field(default_factory=dict)
    """Names, and where they lead; also those that were read from a file."""
    channels_file: ChannelFile | None = None
    """What the file holds."""


class KeepSettings(Declared):
    """How long texts, the pages that stand behind releases, polls and mails are kept."""

    texts: Keeping = None
    originals_unmatched: Keeping = timedelta(days=30)
    originals_matched: Keeping = timedelta(days=5 * 365)
    polls: Keeping = timedelta(days=365)
    mails: Keeping = timedelta(days=365)


class LogSettings(Declared):
    """What is written to stderr."""

    level: Literal["debug", "info", "warn", "error"] = "error"
    format: Literal["text", "json"] = "text"


class Settings(Declared):
    """All options, each with what holds here."""

    database: DatabaseSettings = DatabaseSettings()
    sources: SourcesSettings = SourcesSettings()
    crawl: CrawlSettings = CrawlSettings()
    digest: DigestSettings = DigestSettings()
    mail: MailSettings = MailSettings()
    alerts: AlertsSettings = AlertsSettings()
    keep: KeepSettings = KeepSettings()
    log: LogSettings = LogSettings()
