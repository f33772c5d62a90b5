"""How alerts look, as mails and in channels."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.alert import LONGEST_SHORT, alert_mail, of_problems, of_stories
from digest.message import Envelope, mailbox
from domain.delivery import ToldProblem, Untold
from domain.poll import Code
from tests.unit.digest.stories import a_digest, a_story, a_titled_release

ENVELOPE = Envelope(
    sender=mailbox("watch@example.org"),
    to=mailbox("desk@example.org"),
    unsubscribe_to=mailbox("out@example.org"),
    unsubscribe_url=None,
    token="t",
)


ALERT = """\
Elections: 1 story from 1 country
20 March 2024 at 07:00, sent at once


France
------

  *Election* in Chad
  Ministry of Economy, France · 18 March 2024 · English · r0

  Found by Election* (English, title)
  https://press.economy.example/news/1


Matched words stand between *asterisks*.
Each story bears an id: pollwatch releases show ID says more of it.
The next digest holds this too.
"""
PROBLEMS = """\
1 problem is over
20 March 2024 at 07:00, sent at once

No longer a problem: feed_gone, xx_economy/news.


No digest repeats this. pollwatch problems list shows what is open.
"""


def an_alert(*titles, title="Elections"):
    stories = [
        a_story(a_titled_release(words, id=f"r{place}", story_id=f"s{place}"))
        for place, words in enumerate(titles)
    ]
    return of_stories(a_digest(*stories), title=title, thread="desk elections")


def test_an_alert_of_stories_reads_like_a_short_digest():
    assert an_alert("Election in Chad").text == ALERT


def test_its_subject_is_always_the_same():
    one, many = an_alert("Election in Chad"), an_alert("Election in Chad", "Election in Peru")

    assert one.subject == many.subject == "Alert: Elections"


@pytest.mark.parametrize(
    ("title", "subject"),
    [("Votes\r\nBcc: a@b.c", "Alert: Votes Bcc: a@b.c"), ("\n", "Alert: no topic")],
)
def test_a_title_of_a_topic_breaks_no_subject(title, subject):
    assert an_alert(title=title).subject == subject


def test_what_goes_through_a_channel_is_cut_between_stories_and_says_how_many_follow():
    short = an_alert(*[f"Election number {number} " + "x" * 150 for number in range(20)]).short
    *stories, last = short.split("\n\n")

    assert len(short) <= LONGEST_SHORT + 80
    assert last == f"… and {20 - len(stories)} more: see the mail, or what pollwatch lists."
    assert all(len(story.split("\n")) == 3 for story in stories)


def test_a_mail_is_one_of_a_thread_and_can_be_sorted_and_left():
    mail = alert_mail(an_alert("Election in Chad"), ENVELOPE)

    assert mail["List-Id"] == "<alert.pollwatch.example.org>"
    assert mail["In-Reply-To"] == "<16b24d462813b01f3c12ec182d8ffdaa@example.org>"
    assert mail["List-Unsubscribe"] == "<mailto:out@example.org?subject=unsubscribe%20t>"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_problems_that_opened_and_that_are_over_are_counted_and_named():
    note = "No longer a problem: feed_gone, xx_economy/news."
    over = ToldProblem(code=Code.FEED_GONE, place="xx_economy/news")
    untold = Untold(day=None, stories={}, opened=(), closed=(over,))
    alert = of_problems(replace(a_digest(), chapters=(), notes=(note,)), untold, thread="desk")

    assert alert.subject == "Alert: problems"
    assert alert.short == note
    assert alert.text == PROBLEMS
