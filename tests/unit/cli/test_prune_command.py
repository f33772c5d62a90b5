"""pollwatch db prune."""

from datetime import timedelta

from domain.evidence import Dropped, Retention
from pollwatch.loading.settings import KeepSettings

DUE = (Dropped(unmatched=2, matched=1, size=1_250_000), Dropped(polls=3, mails=1, marks=320))


def test_what_was_dropped_is_said(pollwatch):
    pollwatch.store.due = DUE

    result = pollwatch("db", "prune")

    pages = "3 pages, 1 of them of matching releases: 1.2 MB"
    assert result.stdout == f"Dropped {pages}; 3 polls; 1 mail; and 320 near marks.\n"
    assert result.exit_code == 0
    assert pollwatch.store.due == ()


def test_a_dry_run_drops_nothing(pollwatch):
    pollwatch.store.due = DUE

    result = pollwatch("db", "prune", "--dry-run")

    assert result.stdout.startswith("Would drop 3 pages")
    assert pollwatch.store.due == DUE


def test_programs_get_one_object_about_what_was_dropped(pollwatch):
    pollwatch.store.due = DUE

    assert pollwatch.records("db", "prune", "--json") == [
        {
            "dry_run": False,
            "unmatched": 2,
            "matched": 1,
            "bytes": 1_250_000,
            "polls": 3,
            "mails": 1,
            "marks": 320,
        }
    ]


def test_things_are_kept_as_long_as_settings_say(pollwatch):
    kept = KeepSettings(polls="7d", originals_matched="forever", mails="90d")
    pollwatch.config.settings.keep = kept

    pollwatch("db", "prune", "--quiet")

    assert pollwatch.store.asked_to_keep == Retention(
        unmatched=timedelta(days=30),
        matched=None,
        polls=timedelta(days=7),
        mails=timedelta(days=90),
    )


def test_a_setting_that_is_not_carried_out_is_said_aloud(pollwatch):
    pollwatch.config.settings.keep = KeepSettings(texts="7d")

    result = pollwatch("db", "prune", "--quiet")

    assert (result.exit_code, "keeps texts for ever" in result.stderr) == (1, True)
