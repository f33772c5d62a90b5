"""With which code does a command leave, and what is said when it could not do its work?"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import TextIO

import click

from digest.plain import one_line
from domain.errors import ConfigError, PollwatchError
from domain.urls import without_password

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
MAKE_ROOM = "Make room, or send it elsewhere"


class Exit(IntEnum):
    """What a calling program learns of how it went."""

    DONE = 0
    LOOK = 1
    """Done, with something that a person should see."""
    WRONG = 2
    """Wrong usage or configuration; nothing was touched."""
    FAILED = 3
    """It could not be done."""
    STOPPED = 130
    """By Ctrl-C, as shells count it."""
    UNHEARD = 141
    """Nobody reads our output any more, as after ``| head``; as shells count it."""


class Commands(click.Group):
    """The root of all commands: what they return or raise becomes an exit code here."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        """Name the commands in the order in which one gets to know them."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> None:
        """Run the command and leave."""
        with leaving():
            code = super().invoke(ctx)
            sys.stdout.flush()
        ctx.exit(Exit.DONE if code is None else code)


@contextmanager
def leaving() -> Iterator[None]:
    """Turn an error into what people read and programs get."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except ConfigError as error:
        _complain(*error.mistakes)
        raise SystemExit(Exit.WRONG) from None
    except PollwatchError as error:
        _complain(str(error))
        raise SystemExit(Exit.FAILED) from None
    except KeyboardInterrupt:
        raise SystemExit(Exit.STOPPED) from None
    except BrokenPipeError:
        _hush(sys.stdout)
        raise SystemExit(Exit.UNHEARD) from None
    except Exception as error:  # noqa: BLE001 - a bug is shown whole, and is neither "done" nor "look"
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            _hush(sys.stdout)
            _complain(f"What was asked for could not be written ({error.strerror}). {MAKE_ROOM}")
        else:
            _say(without_password(traceback.format_exc()).rstrip())
        raise SystemExit(Exit.FAILED) from None


def _hush(stream: TextIO) -> None:
    """Python flushes once more when it ends, and would complain of the same again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _complain(*messages: str) -> None:
    for message in messages:
        _say(f"pollwatch: {without_password(one_line(message))}")


def _say(words: str) -> None:
    # Where not even this can be written, the exit code still says it.
    try:
        click.echo(words, err=True)
    except OSError:
        _hush(sys.stderr)
