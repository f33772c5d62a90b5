"""No database waits for a network: nothing is asked of anybody inside a transaction."""

from __future__ import annotations

from contextlib import aclosing
from datetime import timedelta

import pytest
from sqlalchemy import Engine as Databases
from sqlalchemy import event

from crawler import reactor
from crawler.engine import Engine
from pollwatch.demo.town import Town
from scheduler.collect import Collector
from storage.store import Store
from tests.builders import NOW, a_feed, a_reading, a_source
from tests.fakes import FakeJudge
from tests.integration.crawler.offices import NAME, an_office
from tests.integration.crawler.visitors import a_policy, utc_now
from tests.integration.mail.conftest import Post, Postbox
from tests.integration.mail.mailings import Desk
from tests.integration.storage.saving import SOURCES


class Transactions:
    """Those that are open now, in whatever thread; and how many were when somebody was asked."""

    def __init__(self):
        self.open = 0
        self.begun = 0
        self.open_when_asked = []

    def begin(self, _):
        self.open += 1
        self.begun += 1

    def end(self, _):
        self.open -= 1

    def look(self):
        """Note how many are open at this moment."""
        self.open_when_asked.append(self.open)


@pytest.fixture
def transactions():
    seen = Transactions()
    hooks = (("begin", seen.begin), ("commit", seen.end), ("rollback", seen.end))
    for name, hook in hooks:
        event.listen(Databases, name, hook)
    yield seen
    for name, hook in hooks:
        event.remove(Databases, name, hook)


def test_an_office_is_never_asked_inside_a_transaction(transactions, on_loop, tmp_path):
    def noting(answer):
        def said(_):
            transactions.look()
            return answer

        return said

    office = {path: noting(answer) for path, answer in an_office(1, 2).items()}
    with Town({NAME: office}) as town, Store.open(f"sqlite:///{tmp_path}/w.db", now=utc_now()) as s:
        feed = a_feed(url=f"http://{NAME}:{town.port}/feed")
        s.remember_sources([a_source(feeds=(feed,))], now=utc_now())
        policy = a_policy(hosts=town.hosts, delay=timedelta())
        polls = on_loop(_collected(s, feed, policy))

    assert [poll.stored for poll in polls] == [2]
    assert transactions.open_when_asked == [0, 0, 0]
    assert transactions.begun > 3


async def _collected(store, feed, policy):
    reactor.guard_addresses(policy)
    collector = Collector(
        engine=Engine(policy, utc_now),
        store=store,
        read=a_reading,
        judge=FakeJudge(),
        learn=lambda _: None,
        clock=utc_now,
        may_fetch=True,
    )
    async with aclosing(collector.collect([feed], everything=False)) as polls:
        return [poll async for poll in polls]


class NotingPostbox(Postbox):
    """Looks at the sender's transactions as each mail comes."""

    def __init__(self, transactions):
        super().__init__("221 Bye")
        self._transactions = transactions

    async def handle_DATA(self, *exchange):  # noqa: N802 - the server looks for this name
        self._transactions.look()
        return await super().handle_DATA(*exchange)


@pytest.fixture
def post(transactions):
    post = Post()
    post.handler = NotingPostbox(transactions)
    post.start()
    yield post
    post.stop()


def test_no_mail_is_handed_over_inside_a_transaction(transactions, post, tmp_path):
    with Store.open(f"sqlite:///{tmp_path}/w.db", now=NOW) as store:
        store.remember_sources(SOURCES, now=NOW)
        desk = Desk(store, post)
        desk.finds()
        desk.send()

    assert transactions.open_when_asked == [0]
    assert transactions.begun > 3
