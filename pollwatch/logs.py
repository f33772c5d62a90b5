"""What does a line of the log look like, and who may write one?

Text for people, JSON for machines, both on stderr. The event is a short constant phrase; facts
are fields. What comes from outside cannot break a line, and passwords in addresses never show.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from domain.urls import without_password

# Everybody else's libraries speak at warning and up.
ROOMS = ("pollwatch", "scheduler", "crawler", "storage", "digest", "analysis")
LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warn": logging.WARNING,
    "error": logging.ERROR,
}

_PLAIN_VALUE = re.compile(r"[^\s\"'=]+")
_EVENT_WIDTH = 17


def set_up(level: str, format: str, *, stream: TextIO | None = None) -> None:  # noqa: A002
    """Let all loggers write to one stream, stderr unless another is given.

    ``level`` and ``format`` are the words of the settings. May be called again.
    """
    # Machines compare times of several machines; people compare them with their watch.
    is_json = format == "json"
    stamp = structlog.processors.TimeStamper(
        fmt="iso" if is_json else "%H:%M:%S", utc=is_json, key="at"
    )
    first: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        _short_level,
        stamp,
        structlog.processors.format_exc_info,
    ]
    # The rooms below use the standard library, and say their facts as its extras.
    foreign: list[Processor] = [*first, structlog.stdlib.ExtraAdder()]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=foreign,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _as_json if is_json else _as_text,
                _without_passwords,
            ],
        )
    )
    structlog.configure(
        processors=[*first, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(LEVELS[level], logging.WARNING))
    # What Scrapy warns of while it fetches, our problems say with what to do.
    logging.getLogger("scrapy").setLevel(max(LEVELS[level], logging.ERROR))
    # It warns of every job that is not begun again while it is still being done.
    logging.getLogger("apscheduler").setLevel(max(LEVELS[level], logging.ERROR))
    for room in ROOMS:
        logging.getLogger(room).setLevel(LEVELS[level])


def _short_level(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    short = {"warning": "warn", "critical": "error", "exception": "error"}
    event["level"] = short.get(event["level"], event["level"])
    return event


def _as_text(_: WrappedLogger, __: str, event: EventDict) -> str:
    """One line, and a traceback beneath where there is one."""
    at, level, name = event.pop("at"), event.pop("level"), _printable(event.pop("event"))
    traceback = event.pop("exception", "")
    fields = " ".join(f"{key}={_shown(value)}" for key, value in event.items())
    line = f"{at} {level:<6} {name:<{_EVENT_WIDTH}} {fields}".rstrip()
    return f"{line}\n{traceback}" if traceback else line


def _as_json(_: WrappedLogger, __: str, event: EventDict) -> str:
    first = {key: event.pop(key) for key in ("at", "level", "event")}
    return json.dumps({**first, **event}, default=str)


def _without_passwords(_: WrappedLogger, __: str, line: EventDict | str) -> str:
    return without_password(str(line))


def _shown(value: object) -> str:
    text = _printable(value)
    return text if _PLAIN_VALUE.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _printable(value: object) -> str:
    """Text without line breaks and marks that would turn or hide what follows."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode()
        for sign in str(value)
    )
