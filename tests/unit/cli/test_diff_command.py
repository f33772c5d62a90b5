"""pollwatch releases diff."""

from datetime import timedelta

from domain.release import Revision
from tests.unit.digest.stories import MORNING, a_stored_release

LATER = MORNING + timedelta(hours=3)
BEFORE = Revision(
    title="Statement on the vote",
    text="First.\nSecond.\nWe recognise the vote of 17 March.\nFourth.\nFifth.",
    seen_at=MORNING,
)
AFTER = Revision(
    title="Statement on the vote",
    text="First.\nSecond.\nWe do not recognise the vote of 18 March.\nFourth.\nFifth.\nSixth.",
    seen_at=LATER,
)
CHANGED = """\
Statement on the vote of 17 March
Ministry of Economy

2024-03-18 09:00 UTC -> 2024-03-18 12:00 UTC
  Text
    (1 paragraph as before)
    Second.
    We {+do not+} recognise the vote of [-17-] {+18+} March.
    Fourth.
    Fifth.
    {+Sixth.+}
"""


def test_changes_are_marked_in_their_paragraphs(pollwatch):
    pollwatch.store.released = {"r2k4m7p9": a_stored_release(revisions=(BEFORE, AFTER))}

    result = pollwatch("releases", "diff", "r2k4m7p9")

    assert (result.exit_code, result.stdout) == (0, CHANGED)


def test_a_changed_title_is_shown_too(pollwatch):
    corrected = Revision(title="Note on the vote", text=BEFORE.text, seen_at=LATER)
    pollwatch.store.released = {"r2k4m7p9": a_stored_release(revisions=(BEFORE, corrected))}

    shown = pollwatch("releases", "diff", "r2k4m7p9").stdout

    assert shown.endswith("UTC\n  Title\n    [-Statement-] {+Note+} on the vote\n")


def test_every_change_has_its_times(pollwatch):
    back = Revision(title=BEFORE.title, text=BEFORE.text, seen_at=LATER + timedelta(hours=1))
    pollwatch.store.released = {"r2k4m7p9": a_stored_release(revisions=(BEFORE, AFTER, back))}

    shown = pollwatch("releases", "diff", "r2k4m7p9").stdout

    assert "2024-03-18 09:00 UTC -> 2024-03-18 12:00 UTC" in shown
    assert "2024-03-18 12:00 UTC -> 2024-03-18 13:00 UTC" in shown


def test_paragraphs_between_and_behind_are_counted(pollwatch):
    old = Revision(title="T", text="a\nb\nc\nd\ne\nf\ng\nh\ni", seen_at=MORNING)
    new = Revision(title="T", text="a\nB\nc\nd\ne\nf\nG\nh\ni", seen_at=LATER)
    pollwatch.store.released = {"r2k4m7p9": a_stored_release(revisions=(old, new))}

    shown = pollwatch("releases", "diff", "r2k4m7p9").stdout

    assert shown.splitlines()[5:] == [
        "    a",
        "    [-b-]{+B+}",
        "    c",
        "    (2 paragraphs as before)",
        "    f",
        "    [-g-]{+G+}",
        "    h",
        "    (1 paragraph as before)",
    ]


def test_a_release_that_never_changed_says_so(pollwatch):
    pollwatch.store.released = {"r2k4m7p9": a_stored_release()}

    result = pollwatch("releases", "diff", "r2k4m7p9")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("It was not changed since 2024-03-18 10:00 UTC")


def test_an_unknown_release_has_no_changes_to_show(pollwatch):
    assert pollwatch("releases", "diff", "nonsense").exit_code == 3


def test_programs_get_every_stretch(pollwatch):
    corrected = Revision(title="Note on the vote", text=BEFORE.text, seen_at=LATER)
    pollwatch.store.released = {"r2k4m7p9": a_stored_release(revisions=(BEFORE, corrected))}

    assert pollwatch.records("releases", "diff", "r2k4m7p9", "--json") == [
        {
            "release": "r2k4m7p9",
            "changes": [
                {
                    "from": "2024-03-18T09:00:00Z",
                    "to": "2024-03-18T12:00:00Z",
                    "title": [
                        ["went", "Statement "],
                        ["came", "Note "],
                        ["stayed", "on the vote"],
                    ],
                    "text": [["stayed", BEFORE.text]],
                }
            ],
        }
    ]
