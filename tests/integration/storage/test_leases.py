"""Hosts: one asker at a time, and what manners ask us to remember."""

from __future__ import annotations

import multiprocessing
import os
import signal

import pytest

from domain.errors import StorageError
from domain.poll import HostMemory, Robots
from storage.store import Store
from tests.builders import NOW, a_visit
from tests.integration.storage.saving import FEED, HOST, OTHER_FEED, OTHER_HOST, after, rows, save

ROBOTS = Robots(text="User-agent: *\nDisallow: /x", holds=False, expires_at=after(days=1))


def test_a_leased_host_is_left_out_for_everybody_else(store, another):
    store.lease_due_hosts([FEED], now=NOW, everything=False)
    assert another.lease_due_hosts([FEED], now=NOW, everything=True) == ()


def test_a_leased_host_is_left_out_for_another_batch_of_the_same_store(store):
    store.lease_due_hosts([FEED], now=NOW, everything=False)
    assert store.lease_due_hosts([FEED], now=NOW, everything=True) == ()


def test_other_hosts_can_be_leased_meanwhile(store, another):
    store.lease_due_hosts([FEED], now=NOW, everything=False)
    (work,) = another.lease_due_hosts([FEED, OTHER_FEED], now=NOW, everything=False)
    assert work.host.host == OTHER_HOST


def test_the_last_visit_of_a_host_ends_its_lease(store, another):
    store.lease_due_hosts([FEED], now=NOW, everything=False)
    save(store, a_visit(), host_is_done=True)
    (work,) = another.lease_due_hosts([FEED], now=after(hours=1), everything=False)
    assert work.host.host == HOST


def test_a_visit_that_is_not_the_last_keeps_the_lease(store, another):
    store.lease_due_hosts([FEED], now=NOW, everything=False)
    save(store, a_visit(), host_is_done=False)
    assert another.lease_due_hosts([FEED], now=after(hours=1), everything=False) == ()


def test_ending_leases_frees_hosts_of_this_store_only(store, another):
    store.lease_due_hosts([FEED], now=NOW, everything=False)
    another.lease_due_hosts([OTHER_FEED], now=NOW, everything=False)
    store.end_leases([HOST, OTHER_HOST])
    (work,) = another.lease_due_hosts([FEED, OTHER_FEED], now=NOW, everything=False)
    assert work.host.host == HOST


def test_ending_the_leases_of_one_batch_leaves_those_of_another_alone(store, another):
    store.lease_due_hosts([FEED], now=NOW, everything=False)
    store.lease_due_hosts([OTHER_FEED], now=NOW, everything=False)
    store.end_leases([HOST])
    (work,) = another.lease_due_hosts([FEED, OTHER_FEED], now=NOW, everything=False)
    assert work.host.host == HOST


def test_a_host_is_handed_over_with_what_was_learnt_of_it(store):
    memory = HostMemory(host=HOST, robots=ROBOTS, last_asked_at=after(seconds=3))
    save(store, a_visit(host=memory))
    (work,) = store.lease_due_hosts([FEED], now=after(hours=1), everything=False)
    assert work.host == memory


def test_a_host_that_asked_for_patience_is_left_out_even_with_everything(store):
    save(store, a_visit(host=HostMemory(host=HOST, not_before_at=after(hours=2))))
    assert store.lease_due_hosts([FEED], now=after(hours=1), everything=True) == ()


def test_a_host_is_asked_again_when_its_patience_is_over(store):
    save(store, a_visit(host=HostMemory(host=HOST, not_before_at=after(hours=2))))
    (work,) = store.lease_due_hosts([FEED], now=after(hours=2), everything=False)
    assert work.host.not_before_at == after(hours=2)


def test_a_host_never_heard_of_can_be_borrowed(store):
    assert store.borrow("cdn.example", now=NOW) == HostMemory(host="cdn.example")


def test_a_borrowed_host_is_not_lent_twice(store, another):
    store.borrow("cdn.example", now=NOW)
    assert another.borrow("cdn.example", now=NOW) is None
    assert store.borrow("cdn.example", now=NOW) is None


def test_a_leased_host_is_not_lent(store, another):
    store.lease_due_hosts([FEED], now=NOW, everything=False)
    assert another.borrow(HOST, now=NOW) is None


def test_a_borrowed_host_is_not_leased(store, another):
    store.borrow(HOST, now=NOW)
    assert another.lease_due_hosts([FEED], now=NOW, everything=False) == ()


def test_a_host_given_back_can_be_borrowed_with_what_was_learnt(store, another):
    store.borrow("cdn.example", now=NOW)
    memory = HostMemory(host="cdn.example", robots=ROBOTS, last_asked_at=NOW)
    store.give_back(memory)
    assert another.borrow("cdn.example", now=after(minutes=1)) == memory


def test_a_closed_store_holds_no_leases(database_url, store):
    with Store.open(database_url, now=NOW) as brief:
        brief.borrow("cdn.example", now=NOW)
    assert store.borrow("cdn.example", now=NOW) is not None


def test_the_hosts_of_a_killed_process_are_free_at_once_and_count_as_just_asked(
    database_url, store
):
    _borrow_and_die(database_url, "cdn.example")
    taken_over = store.borrow("cdn.example", now=after(minutes=5))
    assert taken_over == HostMemory(host="cdn.example", last_asked_at=after(minutes=5))


def test_the_lock_file_of_a_killed_process_is_cleared_away(sqlite_url, tmp_path):
    _borrow_and_die(sqlite_url, "cdn.example")
    assert len(list(tmp_path.glob("*.owner-*"))) == 1
    with Store.open(sqlite_url, now=NOW):
        pass
    assert list(tmp_path.glob("*.owner-*")) == []


def test_a_store_that_lost_its_own_lock_leases_nothing_more(postgresql_url):
    lost = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
    with Store.open(postgresql_url, now=NOW) as store:
        rows(postgresql_url, lost)
        with pytest.raises(StorageError, match="went away"):
            store.borrow("cdn.example", now=NOW)


def test_a_database_whose_name_is_a_pattern_has_owners_too(tmp_path):
    url = f"sqlite:///{tmp_path}/poll[1]*.db"
    _borrow_and_die(url, "cdn.example")
    with Store.open(url, now=NOW):
        assert len(list(tmp_path.glob("*.owner-*"))) == 1


def _borrow_and_die(url: str, host: str) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    process = context.Process(target=_borrow_and_wait, args=(url, host, ready))
    process.start()
    assert ready.wait(timeout=30)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    process.close()


def _borrow_and_wait(url, host, ready) -> None:
    store = Store.open(url, now=NOW)
    store.borrow(host, now=NOW)
    ready.set()
    signal.pause()
