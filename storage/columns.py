"""How do words and moments get into columns and back, the same way in both databases?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, DateTime, Float, LargeBinary, MetaData, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

UNSTORABLE = "\N{REPLACEMENT CHARACTER}"


def storable(words: str) -> str:
    r"""The same words, with one replacement character for each that no database takes.

    PostgreSQL refuses NUL, and half a surrogate pair has no encoding. Lengths stay, so offsets
    of hits do too.

    >>> storable("vote\x00rs")
    'vote\ufffdrs'
    """
    if "\x00" in words:
        words = words.replace("\x00", UNSTORABLE)
    try:
        words.encode()
    except UnicodeEncodeError:
        return "".join(UNSTORABLE if "\ud800" <= sign <= "\udfff" else sign for sign in words)
    return words


def checksum_of(words: str) -> str:
    """A checksum that stands for words too long for an index.

    Addresses and guids come from outside and have no greatest length; PostgreSQL's indexes do.
    """
    return sha256(storable(words).encode()).hexdigest()


class Words(TypeDecorator[str]):
    """Text from anywhere."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return what the database takes."""
        return None if value is None else storable(value)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, in UTC on both sides; SQLite itself knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        """Return the moment in UTC; refuses datetimes that do not say their zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} says no zone, so nobody knows which moment it is")
        return value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        """Return the moment with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What all rows share: how types of Python become columns, and how constraints are named."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Words,
        datetime: Moment,
        float: Float,
        bytes: LargeBinary,
        list[Any]: JSON(none_as_null=True),
        dict[str, str]: JSON(none_as_null=True),
    }
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def one_of(column: str, values: Iterable[StrEnum]) -> CheckConstraint:
    """A column that holds one of these words, or nothing where it may be null."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})", name=column)
