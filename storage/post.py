"""Which tables remember what was mailed, and who wants no mail?"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.delivery import DeliveryState
from storage.columns import Base, one_of

NOTHING_KEPT = b""
"""What is left of a mail that was kept long enough; no compressed one is so short."""


class SubscriberRow(Base):
    """A subscriber that was met once: what was held then is no news to him."""

    __tablename__ = "subscribers"

    id: Mapped[str] = mapped_column(primary_key=True)
    met_at: Mapped[datetime]
    last_digest_on: Mapped[date | None]
    """Due-ness of digests: a day of the subscriber's zone."""


class DeliveryRow(Base):
    """A finished mail on its way to one address; leases are void once their owner is dead."""

    __tablename__ = "deliveries"

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber: Mapped[str]
    day: Mapped[date | None]
    """Whose digest it is; none for an alert, so that a day may have several."""
    alert_of: Mapped[str | None]
    """The topic of an alert, or the empty text for one of problems."""
    address: Mapped[str]
    message_id: Mapped[str]
    subject: Mapped[str]
    message: Mapped[bytes]
    """Compressed; the same bytes go out however often it is tried. Empty once kept long enough."""
    token_checksum: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    made_at: Mapped[datetime]
    attempts: Mapped[int]
    next_attempt_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    answer: Mapped[str]
    leased_by: Mapped[str | None]

    __table_args__ = (
        one_of("state", DeliveryState),
        UniqueConstraint("subscriber", "day", "address"),
        Index(None, "state", "settled_at"),
    )


class SuppressionRow(Base):
    """An address that wants no mail of a subscriber any more; the empty one stands for all."""

    __tablename__ = "suppressions"

    subscriber: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    stopped_at: Mapped[datetime]


class ToldProblemRow(Base):
    """A problem that a subscriber was told of, and whether he was told that it is over."""

    __tablename__ = "told_problems"

    subscriber: Mapped[str] = mapped_column(primary_key=True)
    problem: Mapped[str] = mapped_column(primary_key=True)
    """A checksum of what tells it from others."""
    code: Mapped[str]
    place: Mapped[str]
    told_at: Mapped[datetime]
    end_told_at: Mapped[datetime | None]
