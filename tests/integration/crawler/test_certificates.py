"""Whether servers have to prove who they are."""

from __future__ import annotations

from pathlib import Path

from domain.poll import Code, Outcome
from tests.builders import a_feed
from tests.integration.crawler.certificates import https_office, self_signed
from tests.integration.crawler.offices import (
    NAME,
    OTHER,
    a_feed_of,
)
from tests.integration.crawler.visitors import (
    Crawl,
    a_batch,
    a_policy,
    the_problem,
)


def test_a_server_that_cannot_prove_who_it_is_is_a_problem_at_once(
    crawl: Crawl, tmp_path: Path
) -> None:
    with https_office(self_signed(NAME, tmp_path), body=a_feed_of().body) as port:
        feed = a_feed(url=f"https://{NAME}:{port}/feed")
        policy = a_policy(hosts={NAME: "127.0.0.1"})
        problem = the_problem(crawl(a_batch(feed), policy=policy))
    assert problem.code is Code.CERTIFICATE
    assert not problem.is_patient
    assert problem.detail.endswith("cannot prove who it is: certificate verify failed")


def test_a_certificate_that_we_were_told_to_trust_is_good(crawl: Crawl, tmp_path: Path) -> None:
    certificate = self_signed(NAME, tmp_path)
    with https_office(certificate, body=a_feed_of(1).body) as port:
        feed = a_feed(url=f"https://{NAME}:{port}/feed")
        policy = a_policy(hosts={NAME: "127.0.0.1"}, ca_file=str(certificate), releases_per_run=0)
        (visit,) = crawl(a_batch(feed), policy=policy)
    assert visit.outcome is Outcome.NEWS


def test_a_certificate_for_another_name_is_no_proof(crawl: Crawl, tmp_path: Path) -> None:
    certificate = self_signed(OTHER, tmp_path)
    with https_office(certificate, body=a_feed_of(1).body) as port:
        feed = a_feed(url=f"https://{NAME}:{port}/feed")
        policy = a_policy(hosts={NAME: "127.0.0.1"}, ca_file=str(certificate))
        problem = the_problem(crawl(a_batch(feed), policy=policy))
    assert problem.code is Code.CERTIFICATE
