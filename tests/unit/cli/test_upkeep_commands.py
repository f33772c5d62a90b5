"""pollwatch db."""

import pytest


def test_a_sound_database_is_said(pollwatch):
    result = pollwatch("db", "check")

    assert (result.exit_code, result.stdout) == (0, "The database is sound.\n")


def test_damage_is_named_and_the_exit_is_1(pollwatch):
    pollwatch.store.complaints = ("releases.title is missing", "3 hits belong to no release")

    result = pollwatch("db", "check", "--quiet")

    assert result.exit_code == 1
    assert result.stdout == "releases.title is missing\n3 hits belong to no release\n"


def test_programs_get_one_object_about_the_database(pollwatch):
    pollwatch.store.complaints = ("releases.title is missing",)

    assert pollwatch.records("db", "check", "--json") == [
        {"sound": False, "complaints": ["releases.title is missing"]}
    ]


def test_an_upgrade_opens_the_database_and_says_so(pollwatch):
    result = pollwatch("db", "upgrade", "--db", "old.db")

    assert (result.exit_code, pollwatch.house.options.db) == (0, "old.db")
    assert result.stdout == "The database is what this version needs.\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [((), "Marking 1,200 older texts for comparisons, this once …\n"), (("--quiet",), "")],
)
def test_an_upgrade_marks_older_texts_and_says_so(pollwatch, options, said):
    pollwatch.store.judgements.unmarked = iter((1200, 700, 200))
    assert pollwatch("db", "upgrade", *options).stderr == said
    assert list(pollwatch.store.judgements.unmarked) == []
