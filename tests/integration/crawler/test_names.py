"""No name is found: the whole machine is cut off, and no press office is to blame."""

from __future__ import annotations

import pytest
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer

from crawler.resolver import Resolver
from domain.poll import Code, FeedMemory
from tests.builders import a_feed, an_entry, an_owed
from tests.integration.crawler.offices import NAME
from tests.integration.crawler.visitors import a_batch, the_problem


@implementer(IHostnameResolver)
class NoNames:
    """Knows no name, as a machine without DNS."""

    def resolveHostName(self, receiver, name, *_):  # noqa: N802 - Twisted's name for it
        receiver.resolutionBegan(self)
        receiver.resolutionComplete()


@pytest.fixture
def cut_off(on_loop):
    """The shared reactor without DNS."""

    async def behind(resolver):
        from twisted.internet import reactor

        before = reactor.nameResolver
        reactor.installNameResolver(Resolver(resolver, hosts={}, allow_private=False))
        return before.behind

    usual = on_loop(behind(NoNames()))
    yield
    on_loop(behind(usual))


@pytest.mark.usefixtures("cut_off")
def test_without_names_a_feed_waits_patiently_and_what_it_owed_stays_owed(crawl):
    owed = an_owed(an_entry())
    feed = a_feed(url=f"http://{NAME}/feed")
    visits = crawl(a_batch(feed, memory=FeedMemory(owed=(owed,))))

    problem = the_problem(visits)
    assert (problem.code, problem.is_patient) == (Code.FEED_UNREACHABLE, True)
    assert problem.detail.endswith("names a host that is not found")
    assert visits[0].owed == (owed,)
