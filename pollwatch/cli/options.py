"""What can be said of the whole program, before or after the verb; and the house it asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pollwatch.wiring import Absent, House, Options

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The common options as the command line gave them."""

    db: str | None
    config: Path | None
    json: bool
    quiet: bool


def given() -> Given:
    """What was said so far; of two that contradict each other, the later one."""
    said = click.get_current_context().meta
    return Given(
        db=said.get(_key("db")),
        config=said.get(_key("config")),
        json=said.get(_key("json"), False),
        quiet=said.get(_key("quiet"), False),
    )


def say(*, db: str, config: Path) -> None:
    """Go on as if the command line had said this: a command that calls others sets their house."""
    said = click.get_current_context().meta
    said[_key("db")] = db
    said[_key("config")] = config


def common(command: Command) -> Command:
    """Let a command, or a group of commands, take the common options."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def said_options(*, absent: Absent = "refuse") -> Options:
    """What the command line says of the house, and what to do where it has no database yet."""
    from pollwatch.wiring import Options

    said = given()
    return Options(db=said.db, config=said.config, absent=absent)


@contextmanager
def house(*, absent: Absent = "refuse") -> Iterator[House]:
    """The wired house, with the database and configuration that the command line names.

    Commands that write first make a database that is not there; others say so, or go without.
    """
    wire: Wire = click.get_current_context().obj or _wire
    with wire(said_options(absent=absent)) as wired:
        yield wired


if TYPE_CHECKING:
    Wire = Callable[[Options], AbstractContextManager[House]]


@contextmanager
def _wire(options: Options) -> Iterator[House]:
    from pollwatch.logs import set_up
    from pollwatch.wiring import wire

    with wire(options) as wired:
        log = wired.config.settings.log
        set_up(log.level, log.format)
        yield wired


def _key(name: str) -> str:
    return f"pollwatch.{name}"


def _remember(ctx: click.Context, option: click.Parameter, value: object) -> None:
    # One memory for all levels of a command line; inner levels are read after outer ones.
    if value and option.name:
        ctx.meta[_key(option.name)] = value


def _option(*names: str, **attributes: Any) -> Callable[[Command], Command]:
    return click.option(*names, expose_value=False, callback=_remember, **attributes)


OPTIONS = (
    _option("--db", metavar="URL", help="The database: an SQLite file, or postgresql://…"),
    _option(
        "--config",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="Your own configuration folder.",
    ),
    _option("--json", is_flag=True, help="Print JSON lines."),
    _option("--quiet", is_flag=True, help="Say nothing when all is well."),
)
