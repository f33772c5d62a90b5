"""Which hosts may we ask, and what do manners ask us to remember of them?

A lease is one batch's right to ask a host; it holds against everybody, the same process
included, for two batches of one daemon are as rude as two daemons. It ends when it is given
back, and is void when its owner is dead. Then nobody knows when the host was last asked, so it
counts as asked just now.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, select, update

from domain.poll import HostMemory, Robots
from storage.owner import Owner
from storage.schema import HostRow
from storage.writing import chunks, upsert


def free(
    connection: Connection, hosts: Collection[str], *, owner: Owner, now: datetime
) -> dict[str, HostMemory]:
    """Those of the hosts that nobody leases; unknown ones become known.

    Nobody else can lease them before the transaction ends.
    """
    return _free(_locked(connection, sorted(hosts)), owner=owner, now=now)


def free_now(
    connection: Connection, hosts: Collection[str], *, owner: Owner, now: datetime
) -> dict[str, HostMemory]:
    """Those of the hosts that nobody leases at this moment; writes nothing and holds nothing."""
    rows: list[RowMapping] = []
    for chunk in chunks(hosts):
        rows += connection.execute(select(HostRow).where(HostRow.host.in_(chunk))).mappings()
    unknown = set(hosts).difference(row["host"] for row in rows)
    return _free(rows, owner=owner, now=now) | {host: HostMemory(host=host) for host in unknown}


def _free(rows: Sequence[RowMapping], *, owner: Owner, now: datetime) -> dict[str, HostMemory]:
    # We ask about ourselves too: should our own lock be lost, this fails, as it must.
    leasers = {owner.id, *(row["leased_by"] for row in rows)} - {None}
    living = {leaser for leaser in leasers if owner.is_living(leaser)}
    return {
        row["host"]: _memory(row, taken_over_at=now if row["leased_by"] else None)
        for row in rows
        if row["leased_by"] not in living
    }


def lease(connection: Connection, hosts: Collection[str], *, owner: Owner) -> None:
    """Lease hosts that are free."""
    if hosts:
        connection.execute(
            update(HostRow).where(HostRow.host == bindparam("leased")).values(leased_by=owner.id),
            [{"leased": host} for host in hosts],
        )


def remember(connection: Connection, memory: HostMemory) -> None:
    """Store what is now known of a host."""
    robots = memory.robots
    row = {
        "host": memory.host,
        "robots_text": robots.text if robots else None,
        "robots_holds": robots.holds if robots else None,
        "robots_expires_at": robots.expires_at if robots else None,
        "last_asked_at": memory.last_asked_at,
        "not_before_at": memory.not_before_at,
    }
    upsert(connection, HostRow, [row], key=["host"])


def remembered(connection: Connection) -> dict[str, HostMemory]:
    """What is known of every host that was ever met, by name."""
    rows = connection.execute(select(HostRow).order_by(HostRow.host)).mappings()
    return {row["host"]: _memory(row, taken_over_at=None) for row in rows}


END_LEASE = (
    update(HostRow)
    .where(HostRow.host == bindparam("leased"), HostRow.leased_by == bindparam("owner"))
    .values(leased_by=None)
)


def end_lease(connection: Connection, host: str, *, owner: Owner) -> None:
    """End this owner's lease of a host."""
    end_leases(connection, [host], owner=owner)


def end_leases(connection: Connection, hosts: Collection[str], *, owner: Owner) -> None:
    """End this owner's leases of these hosts."""
    if hosts:
        connection.execute(END_LEASE, [{"leased": host, "owner": owner.id} for host in hosts])


def _locked(connection: Connection, hosts: Sequence[str]) -> list[RowMapping]:
    """The hosts' rows, held until the transaction ends; always in one order, so nobody locks up."""
    upsert(connection, HostRow, [{"host": host} for host in hosts], key=["host"])
    rows: list[RowMapping] = []
    for chunk in chunks(hosts):
        statement = select(HostRow).where(HostRow.host.in_(chunk)).order_by(HostRow.host)
        rows += connection.execute(statement.with_for_update()).mappings()
    return rows


def _memory(row: RowMapping, *, taken_over_at: datetime | None) -> HostMemory:
    robots = None
    if row["robots_text"] is not None:
        robots = Robots(
            text=row["robots_text"],
            holds=row["robots_holds"],
            expires_at=row["robots_expires_at"],
        )
    return HostMemory(
        host=row["host"],
        robots=robots,
        last_asked_at=taken_over_at or row["last_asked_at"],
        not_before_at=row["not_before_at"],
    )
