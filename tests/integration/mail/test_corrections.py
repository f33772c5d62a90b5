"""What is mailed of a release that its office changed after it was told."""

from __future__ import annotations

import pytest

from domain.subscriber import WhenEmpty
from storage.store import Store
from tests.builders import NOW
from tests.integration.mail.mailings import Desk, a_reader
from tests.integration.storage.saving import SOURCES

URL = "https://press.economy.example/news/vote"
TOLD = "We regret the vote of 17 March. It was recieved badly."


@pytest.fixture
def desk(tmp_path, post_office):
    """A desk whose reader was told of a release, and wants no empty mails; it is the next day."""
    with Store.open(f"sqlite:///{tmp_path}/pollwatch.db", now=NOW) as store:
        store.remember_sources(SOURCES, now=NOW)
        desk = Desk(store, post_office())
        desk.readers = [a_reader(when_empty=WhenEmpty.NONE)]
        desk.finds("Vote long ago")
        desk.send()
        desk.later(days=1)
        desk.finds("Vote in France", url=URL, text=TOLD)
        desk.send()
        desk.later(days=1)
        yield desk


def mailed_after(desk, text):
    """The mails of two days on which the release has another text."""
    before = len(desk.mails)
    desk.finds("Vote in France", url=URL, text=text)
    desk.send()
    desk.later(days=1)
    desk.send()
    return [mail.get_content().replace("\r\n", "\n") for mail in desk.mails[before:]]


def test_a_changed_sentence_that_matters_is_mailed_once_as_it_was_and_as_it_is(desk):
    (mail,) = mailed_after(desk, TOLD.replace("17 March", "18 March"))

    assert "  Vote in France\n" in mail
    assert "    before: We regret the vote of 17 March.\n" in mail
    assert "    now: We regret the vote of 18 March.\n" in mail


def test_a_mended_typo_is_mailed_to_nobody(desk):
    assert mailed_after(desk, TOLD.replace("recieved", "received")) == []


def test_a_mended_typo_counts_as_told_with_what_is_corrected_later(desk):
    mailed_after(desk, TOLD.replace("recieved", "received"))
    (mail,) = mailed_after(desk, TOLD.replace("recieved", "received").replace("17", "18"))

    assert mail.count("before:") == 1
