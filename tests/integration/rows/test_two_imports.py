"""The same file imported twice at once is stored once."""

from __future__ import annotations

from domain.record import Imported
from storage.store import Store
from tests.builders import NOW, a_record
from tests.integration.rows.conftest import Desk
from tests.integration.storage.saving import rows
from tests.integration.storage.test_two_processes import at_once

PARTS = 6


def _import_all(start, url) -> Imported:
    with Store.open(url, now=NOW) as store:
        desk = Desk(store)
        start.wait()
        return sum((desk.take_in(*_part(number)) for number in range(PARTS)), start=Imported())


def _part(number):
    return [
        a_record(
            id=f"{number} {row}",
            url=f"https://msz.example/{number}/{row}",
            text=f"Words of row {row} in part {number}.",
        )
        for row in range(20)
    ]


def test_two_processes_that_import_the_same_rows_store_them_once(database_url):
    Store.open(database_url, now=NOW).close()
    one, two = at_once(_import_all, (database_url,), (database_url,))
    assert one.new + two.new == 120
    assert one.known + two.known == 120
    assert (one.releases + two.releases, len(one.sources) + len(two.sources)) == (120, 1)
    assert rows(database_url, "SELECT count(*) FROM texts") == [(120,)]
    assert rows(database_url, "SELECT count(*) FROM appearances") == [(120,)]
    with Store.open(database_url, now=NOW) as store:
        assert store.check() == ()
