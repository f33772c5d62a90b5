import pytest

from analysis.furniture import says_the_same

LEAD = (
    "The ministry does not recognise the vote that was held on the occupied territories, and calls "
    "upon all states to do likewise, today and in all the years to come."
)
TITLE = "Minister meets the head of the observation mission"
TEXT = f"{LEAD}\n\nThe ambassador was summoned at noon."


def say_the_same(old, new, *, shown=(), titles=()):
    return says_the_same(old, new, shown=shown, titles=titles)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Last updated: 18 March 2024", "Last updated: 19 March 2024"),
        ("Stand: 18.03.2024", "Stand: 19.03.2024, 12:40"),
        ("Views: 1,204", "Views: 1,377"),
        ("Просмотров: 12", "Просмотров: 4 051"),
        ("", "Dernière mise à jour le 19 mars"),
    ],
)
def test_time_stamps_and_counters_say_nothing(old, new):
    assert say_the_same(f"{TEXT}\n{old}", f"{TEXT}\n{new}")


@pytest.mark.parametrize(
    "line", [TITLE, f"- {TITLE}", f"18.03.2024 | {TITLE}", f"{TITLE.upper()} (3)"]
)
def test_the_title_of_another_release_below_a_text_says_nothing(line):
    assert say_the_same(TEXT, f"{TEXT}\n{line}", titles=[TITLE])


def test_a_line_that_the_source_shows_under_its_releases_says_nothing():
    shown = {"the ministry represents the country abroad"}
    line = "The Ministry represents the country abroad"
    assert say_the_same(f"{TEXT}\n{line}", TEXT, shown=shown)


def test_a_paragraph_that_moved_says_the_same():
    assert say_the_same(f"{TEXT}\nThe talks go on.", f"{LEAD}\nThe talks go on.{TEXT[len(LEAD) :]}")


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.replace("noon", "nine"),
        TEXT.replace("does not recognise", "recognises"),
        f"{TEXT}\nThe turnout was 63 per cent.",
        f"{TEXT}\nTurnout updated to 63 per cent.",
        f"{TEXT}\nViews: 12\nWe recognise the vote.",
        f"{TEXT}\n{TITLE} of the elections",
    ],
)
def test_a_sentence_that_changed_says_something(changed):
    assert not say_the_same(TEXT, changed, titles=[TITLE])


def test_in_the_first_paragraph_a_title_says_something():
    assert not say_the_same("We recognise the vote now.", TITLE, titles=[TITLE])


def test_a_title_as_short_as_a_tag_says_something():
    assert not say_the_same(TEXT, f"{TEXT}\nElections annulled", titles=["Elections annulled"])
