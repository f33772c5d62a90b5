"""The same file imported twice at once is stored once."""

from __future__ import annotations

from domain.record import Imported
from domain.source import SourceId
from storage.store import Store
from tests.builders import NOW, a_record
from tests.integration.rows.conftest import Desk
from tests.integration.storage.saving import rows
from tests.integration.storage.test_two_processes import at_once
from tests.unit.analysis.test_translations import ENGLISH, FRENCH
from tests.unit.analysis.texts import STATEMENT

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


def _announced(number):
    """One statement as two offices print it, its translation, and a note on the first."""
    text = STATEMENT.replace("fifteenth", f"{number}th").replace("seventeenth", f"{number + 2}th")
    english, french = (one.replace("120", str(120 + number)) for one in (ENGLISH, FRENCH))
    office = {"source_id": SourceId("plmfa"), "url": f"https://msz.example/en/{number}"}
    other = {"source_id": SourceId("defa"), "url": f"https://amt.example/{number}"}
    return [
        a_record(id=f"{number} text", text=text, **office),
        a_record(id=f"{number} print", text=f"Home > News\n\n{text}", **office),
        a_record(id=f"{number} reprint", text=f"We agree with our partners:\n{text}", **other),
        a_record(id=f"{number} note", text=f"{text} The ambassador was told.", **office),
        a_record(
            id=f"{number} en", text=english, **other | {"url": f"https://amt.example/en/{number}"}
        ),
        a_record(
            id=f"{number} fr",
            text=french,
            language="fr",
            **other | {"url": f"https://amt.example/fr/{number}"},
        ),
    ]


ANNOUNCED = [row for number in (3, 7, 11) for row in _announced(number)]


def _import_some(start, url, remainder) -> int:
    with Store.open(url, now=NOW) as store:
        desk = Desk(store)
        start.wait()
        return sum(desk.take_in(row).new for row in ANNOUNCED[remainder::2])


STORIES = {
    frozenset(f"{number} {name}" for name in names)
    for number in (3, 7, 11)
    for names in (("text", "print", "reprint", "note"), ("en", "fr"))
}


def test_what_two_processes_import_at_once_falls_into_the_stories_that_it_is(database_url):
    Store.open(database_url, now=NOW).close()
    assert at_once(_import_some, (database_url, 0), (database_url, 1)) == [9, 9]
    with Store.open(database_url, now=NOW) as store:
        found: dict[str, set[str]] = {}
        for row in Desk(store).rows():
            found.setdefault(row["story"], set()).add(row["id"])
        assert set(map(frozenset, found.values())) == STORIES
        assert (store.counts().releases, store.check()) == (12, ())
