"""What a click of the mail program gets."""

import pytest

from pollwatch.unsubscribing import unsubscribe


def test_a_post_stops_the_mails():
    stopped = []
    answer = unsubscribe("c0ffee", "POST", stop=stopped.append)

    assert (answer.status, stopped) == (200, ["c0ffee"])


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "post"])
def test_whoever_only_follows_the_link_stops_nothing(method):
    stopped = []
    answer = unsubscribe("c0ffee", method, stop=stopped.append)

    assert (answer.status, stopped) == (405, [])
