"""What an upgrade changed beneath a user's own files."""

import pytest

from pollwatch.loading import load
from pollwatch.loading.owning import take_over
from pollwatch.loading.upgrades import comparisons, drift

NAME = "topics/elections/de.yaml"
OLD = "strong: |\n  Wahl\n"
NEW = "strong: |\n  Wahl\n  Urnengang\n"
MINE = "strong: |\n  Wahl\n  Landratswahl\n"


@pytest.fixture
def base(tmp_path):
    return shipping(tmp_path / "base", OLD)


@pytest.fixture
def own(tmp_path):
    return tmp_path / "own"


def shipping(base, text):
    (base / NAME).parent.mkdir(parents=True, exist_ok=True)
    (base / NAME).write_text(text)
    return base


def writing(own, text):
    (own / NAME).parent.mkdir(parents=True, exist_ok=True)
    (own / NAME).write_text(text)


@pytest.mark.parametrize(
    ("begun_from", "shipped", "own", "expected"),
    [
        ("a", "a", "a", "unchanged"),
        ("a", "b", "b", "unchanged"),
        (None, "a", "a", "unchanged"),
        ("a", "a", "b", "yours changed"),
        ("a", "b", "a", "shipped changed"),
        ("a", "b", "c", "both changed"),
        (None, "a", "b", "no copy"),
        ("a", None, "a", "no longer shipped"),
    ],
)
def test_three_texts_are_compared(begun_from, shipped, own, expected):
    assert str(drift(begun_from=begun_from, shipped=shipped, own=own)) == expected


def test_before_an_upgrade_nothing_is_out_of_date(base, own):
    take_over(NAME, own=own, base=base)
    writing(own, MINE)

    (found,) = comparisons(base, own)

    assert (str(found.drift), found.is_out_of_date) == ("yours changed", False)


def test_an_upgrade_shows_what_changed_on_both_sides(base, own):
    take_over(NAME, own=own, base=base)
    writing(own, MINE)
    shipping(base, NEW)

    (found,) = comparisons(base, own)

    assert (str(found.drift), found.is_out_of_date) == ("both changed", True)
    assert found.shipped_changes.splitlines()[1:] == [" strong: |", "   Wahl", "+  Urnengang"]
    assert found.own_changes.splitlines()[1:] == [" strong: |", "   Wahl", "+  Landratswahl"]


def test_a_file_that_nobody_edited_is_out_of_date_all_the_same(base, own):
    take_over(NAME, own=own, base=base)
    shipping(base, NEW)

    (found,) = comparisons(base, own)

    assert (str(found.drift), found.own_changes) == ("shipped changed", "")


def test_a_copy_made_by_hand_may_be_out_of_date(base, own):
    writing(own, MINE)

    (found,) = comparisons(base, own)

    assert (str(found.drift), found.is_out_of_date) == ("no copy", True)
    assert "+  Landratswahl" in found.own_changes


@pytest.mark.parametrize("text", ["extends: shipped\nstrong: |\n  Kür\n", "enabled: false\n"])
def test_what_adds_or_switches_off_has_nothing_to_catch_up_with(base, own, text):
    writing(own, text)

    (found,) = comparisons(base, own)

    assert (str(found.drift), found.is_out_of_date) == ("follows", False)


def test_a_file_that_is_no_longer_shipped_stands_alone(base, own):
    take_over(NAME, own=own, base=base)
    (base / NAME).unlink()

    (found,) = comparisons(base, own)

    assert str(found.drift) == "no longer shipped"


def test_own_settings_and_own_sources_have_no_twin_to_catch_up_with(base, own):
    (base / "settings.toml").write_text("")
    writing(own, "extends: shipped\n")
    (own / "settings.toml").write_text("[log]\nlevel = 'debug'\n")
    (own / "sources/xx").mkdir(parents=True)
    (own / "sources/xx/xx_one.yaml").write_text("enabled: false\n")

    assert [found.name for found in comparisons(base, own)] == [NAME]


def test_a_new_keyword_arrives_under_a_file_that_extends(base, own):
    writing(own, "extends: shipped\nstrong: |\n  Landratswahl\n")
    before = load(own, environ={}, base=base).topics[0]
    shipping(base, NEW)
    after = load(own, environ={}, base=base).topics[0]

    assert [word.term for word in before.keywords] == ["Wahl", "Landratswahl"]
    assert [word.term for word in after.keywords] == ["Wahl", "Urnengang", "Landratswahl"]
