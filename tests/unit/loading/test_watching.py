"""An edit is taken on as a whole, or not at all."""

import pytest

from pollwatch.loading.watching import Watched

BROKEN = "[crawl]\ndelai = '1s'\n"
EDITED = "[sources]\nshipped = false\n[crawl]\ndelay = '9s'\n"
ORIGINAL = "[sources]\nshipped = false\n"


@pytest.fixture
def watched(folder):
    return Watched(folder.load(), environ={"HOME": "/home/desk"})


def test_files_that_nobody_touched_are_no_news(watched):
    assert (watched.look(), watched.look()) == (None, None)


def test_an_edit_counts_once_two_looks_have_read_the_same(folder, watched):
    folder.write("settings.toml", EDITED)

    first, second, third = watched.look(), watched.look(), watched.look()

    assert (first, third) == (None, None)
    assert second.settings.crawl.delay.total_seconds() == 9


def test_a_file_that_is_still_being_written_waits(folder, watched):
    folder.write("settings.toml", "[sources]\nshipped = false\n[crawl]\n")
    half = watched.look()
    folder.write("settings.toml", EDITED)

    assert (half, watched.look()) == (None, None)
    assert watched.look().settings.crawl.delay.total_seconds() == 9


def test_mistakes_are_told_once(folder, watched):
    folder.write("settings.toml", BROKEN)

    looks = [watched.look(), watched.look(), watched.look()]

    assert looks[0] is looks[2] is None
    assert looks[1] == (
        f"{folder.path}/settings.toml:2: unknown key 'delai'; write 'delay' instead",
    )


def test_files_that_are_put_back_are_news_after_mistakes(folder, watched):
    folder.write("settings.toml", BROKEN)
    watched.look()
    watched.look()
    folder.write("settings.toml", ORIGINAL)
    watched.look()

    assert watched.look().settings.sources.shipped is False
    assert watched.look() is None


def test_a_new_file_is_an_edit_too(folder, watched):
    folder.write("topics/sport/en.yaml", "strong: |\n  football\n")
    watched.look()

    assert [topic.id for topic in watched.look().topics] == ["elections", "sport"]
