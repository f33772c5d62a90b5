"""Rows in and out as a person at a terminal, or a program in a pipe, meets them."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest
from click.testing import CliRunner

from pollwatch.cli import commands
from pollwatch.wiring import wire
from tests.integration.keyword_files import keywords_of_one_language

ROW = {
    "id": "a1",
    "source": "plmfa",
    "institution": "Ministry of Foreign Affairs of Poland",
    "country": "PL",
    "lang": "en",
    "url": "https://msz.example/1",
    "title": "Statement on the presidential elections",
    "text": "Poland does not recognise them.\nThey were neither free nor fair.",
    "published": "2024-03-18",
}
KEYWORDS = """
strong: |
  election*
  Election*
weak: |
  vote
context: |
  ballot*
traps: |
  board election*
"""


@pytest.fixture
def pollwatch(tmp_path):
    """The command line with a configuration and a database of its own."""
    folder = tmp_path / "config"
    keywords_of_one_language(folder, KEYWORDS)
    (folder / "settings.toml").write_text("[sources]\nshipped = false\n")

    def run(*words, given=b"", db="pollwatch.db"):
        options = ["--config", str(folder), "--db", str(tmp_path / db)]
        return CliRunner().invoke(
            commands,
            [*words, *options],
            input=given,
            obj=wire,
            prog_name="pollwatch",
            catch_exceptions=False,
        )

    return run


def lines(*rows):
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def records(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_classify_answers_each_row_in_order_and_needs_no_database(pollwatch, tmp_path):
    done = pollwatch("classify", given=lines(ROW, {"id": 2, "title": "Trade", "text": "Steel"}))
    assert [(row["id"], row["relevant"]) for row in records(done)] == [("a1", True), (2, False)]
    assert done.exit_code == 0
    assert not (tmp_path / "pollwatch.db").exists()


def test_classify_reports_bad_lines_and_goes_on(pollwatch):
    done = pollwatch("classify", given=b'{"title": "no id"}\n' + lines(ROW))
    assert [row["id"] for row in records(done)] == ["a1"]
    assert done.stderr == (
        'pollwatch: line 1 lacks an id; write "id" with a text or a whole number\n'
    )
    assert done.exit_code == 1


def test_what_is_odd_about_rows_is_counted_and_is_no_fault(pollwatch):
    done = pollwatch("classify", given=lines(ROW | {"mood": "good"}, ROW | {"mood": "bad"}))
    assert done.stderr == "pollwatch: 2 rows: the field 'mood' is none of ours and left out\n"
    assert done.exit_code == 0


def test_quiet_says_nothing_of_oddities(pollwatch):
    assert pollwatch("classify", "--quiet", given=lines(ROW | {"mood": "good"})).stderr == ""


def test_import_says_what_became_of_rows(pollwatch):
    given = lines(ROW, ROW | {"id": "a2", "url": "https://msz.example/2", "text": ""})
    done = pollwatch("import", "-", given=given)
    assert done.stdout == (
        "2 rows: 2 new, 0 revised, 0 known. "
        "2 new releases, 2 matching, 2 new stories, 1 new source.\n"
    )
    assert (done.stderr, done.exit_code) == ("pollwatch: 1 row: 'text' is empty or not given\n", 0)


def test_a_file_imported_again_is_nothing_new(pollwatch, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(lines(ROW))
    pollwatch("import", str(path))
    assert pollwatch("import", str(path)).stdout == "1 row: 0 new, 0 revised, 1 known.\n"


def test_import_answers_programs_with_counts(pollwatch):
    done = pollwatch("import", "--json", given=lines(ROW) + b"no row\n")
    assert records(done) == [
        {
            "rows": 1,
            "new": 1,
            "revised": 0,
            "known": 0,
            "bad": 1,
            "releases": 1,
            "matched": 1,
            "stories": 1,
            "sources": ["plmfa"],
        }
    ]
    assert done.exit_code == 1


def test_import_of_nothing_says_so(pollwatch):
    assert pollwatch("import", given=b"").stdout == "There were no rows.\n"


def test_a_file_that_is_not_there_is_wrong_usage(pollwatch):
    assert pollwatch("import", "nowhere.jsonl").exit_code == 2


def test_what_was_imported_is_exported(pollwatch):
    pollwatch("import", given=lines(ROW))
    (row,) = records(pollwatch("export"))
    assert (row["id"], row["text"], row["relevant"]) == ("a1", ROW["text"], True)


def test_what_was_exported_comes_back_as_it_left_and_nothing_is_odd(pollwatch):
    month = ROW | {"id": "a2", "url": "https://msz.example/2", "published": "2024-03"}
    pollwatch("import", given=lines(ROW, month))
    left = pollwatch("export")
    again = pollwatch("import", given=left.stdout_bytes, db="other.db")
    assert (again.stderr, again.exit_code) == ("", 0)
    back = pollwatch("export", db="other.db")
    assert [row | {"first_seen": ""} for row in records(back)] == [
        row | {"first_seen": ""} for row in records(left)
    ]


def test_a_password_in_an_address_is_kept_nowhere_and_comes_in_once(pollwatch, tmp_path):
    row = ROW | {"id": "https://desk:hush@msz.example/1", "url": "https://desk:hush@msz.example/1"}
    pollwatch("import", given=lines(row))
    again = pollwatch("import", given=lines(row))
    assert again.stdout == "1 row: 0 new, 0 revised, 1 known.\n"
    assert b"hush" not in pollwatch("export").stdout_bytes
    assert b"hush" not in (tmp_path / "pollwatch.db").read_bytes()


def test_a_sheet_holds_the_same_rows(pollwatch):
    pollwatch("import", given=lines(ROW | {"title": "=1+1"}))
    sheet = pollwatch("export", "--format", "csv").stdout_bytes.decode()
    (row,) = csv.DictReader(StringIO(sheet, newline=""))
    assert (row["id"], row["title"], row["text"]) == ("a1", "'=1+1", ROW["text"])


def test_an_export_of_nothing_is_empty(pollwatch):
    pollwatch("db", "upgrade")
    done = pollwatch("export")
    assert (done.stdout, done.exit_code) == ("", 0)


def test_an_export_of_a_source_that_nobody_knows_says_so(pollwatch):
    pollwatch("db", "upgrade")
    done = pollwatch("export", "--source", "pl_nfa")
    assert done.stderr == (
        "pollwatch: nothing is held of a source 'pl_nfa', nor is it configured\n"
    )
    assert done.exit_code == 3


def test_dead_terms_are_named_with_file_and_line(pollwatch):
    done = pollwatch("keywords", "check")
    assert (
        "topics/elections/en.yaml:4: 'Election*' (strong) is found only where 'election*' in line 3"
        " is; take one of them away"
    ) in done.stdout.splitlines()
    assert done.exit_code == 1


def test_dead_terms_for_programs(pollwatch):
    dead = records(pollwatch("keywords", "check", "--json"))
    assert {
        "topic": "elections",
        "language": "en",
        "kind": "strong",
        "term": "Election*",
        "file": "topics/elections/en.yaml",
        "line": 4,
        "reason": "covered",
        "by": {"term": "election*", "file": "topics/elections/en.yaml", "line": 3},
    } in dead


TESTED = """
strong: |
  election*
traps: |
  board election*
forms: |
  election: election, elections, electoral
examples:
  in:
    - "Elections on Sunday"
    - "The board elections of our company were held yesterday"
  out: ["Steel"]
"""


@pytest.fixture
def tested(pollwatch, tmp_path):
    (tmp_path / "config" / "topics" / "elections" / "en.yaml").write_text(TESTED)
    return "topics/elections/en.yaml"


def test_examples_that_fail_are_named_with_file_and_line(pollwatch, tested):
    done = pollwatch("keywords", "test")
    assert (
        f"{tested}:11: 'The board elections of our company were held yesterday' should be in; "
        "trap 'board election*' (line 5) hides what it covers; "
        "strong 'election*' (line 3) is hidden by the trap 'board election*'"
    ) in done.stdout.splitlines()
    assert done.exit_code == 1


def test_forms_are_tried_where_they_are_asked_for(pollwatch, tested):
    found = f"{tested}:7: 'electoral' no strong, weak or sham keyword finds it"
    assert found not in pollwatch("keywords", "test").stdout.splitlines()
    assert found in pollwatch("keywords", "test", "--forms").stdout.splitlines()


def test_failures_for_programs(pollwatch, tested):
    assert {
        "topic": "elections",
        "language": "en",
        "text": "electoral",
        "file": tested,
        "line": 7,
        "reason": "no strong, weak or sham keyword finds it",
    } in records(pollwatch("keywords", "test", "--forms", "--json"))


def test_plain_text_is_explained_word_by_word(pollwatch):
    done = pollwatch(
        "keywords", "explain", "-", given=b"Board elections\nThe government spoke of the elections"
    )
    assert done.stdout.splitlines() == [
        "Read as en.",
        "",
        "Topic elections. In: its score of 1 reaches the threshold of 1.",
        "",
        "  [1 Board [2 elections]]",
        "  The government spoke of the [3 elections]",
        "",
        "  1 trap board election* (topics/elections/en.yaml:10): hides what it covers",
        "  2 strong election* (topics/elections/en.yaml:3): is hidden by the trap",
        "  'board election*'",
        "  3 strong election* (topics/elections/en.yaml:3): counts 1",
    ]


def test_a_row_is_explained_for_programs(pollwatch):
    row = json.dumps(ROW | {"title": "A vote", "text": "Steel"}).encode()
    (explained,) = records(pollwatch("keywords", "explain", "-", "--json", given=row))
    assert (explained["release"], explained["lang"], explained["title"]) == (None, "en", "A vote")
    (topic,) = explained["topics"]
    assert (topic["relevant"], topic["score"], topic["threshold"]) == (False, 0.0, 1.0)
    assert topic["hits"] == [
        {
            "term": "vote",
            "file": "topics/elections/en.yaml",
            "line": 6,
            "language": "en",
            "kind": "weak",
            "where": "title",
            "start": 2,
            "end": 6,
            "text": "vote",
            "counts": False,
            "score": 0.0,
            "reason": (
                "counts only within 12 words of a context word or a strong one, and there is none"
            ),
        }
    ]


def test_a_stored_release_is_explained_by_its_id_and_by_its_address(pollwatch):
    pollwatch("import", given=lines(ROW))
    (row,) = records(pollwatch("export"))
    by_id = pollwatch("keywords", "explain", row["release"])
    assert "  Statement on the presidential [1 elections]" in by_id.stdout.splitlines()
    assert pollwatch("keywords", "explain", ROW["url"]).stdout == by_id.stdout


def test_a_judgement_by_earlier_keywords_is_said_beside_the_new_one(pollwatch, tmp_path):
    pollwatch("import", given=lines(ROW))
    path = tmp_path / "config" / "topics" / "elections" / "en.yaml"
    path.write_text("strong: |\n  ballot*\n")
    done = pollwatch("keywords", "explain", ROW["url"])
    assert "Out: it holds no word that counts." in done.stdout
    assert "Earlier keywords gave it a score of 1, and it is stored as in." in done.stdout


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("zzzzzzzz", "pollwatch: no release with the id 'zzzzzzzz' is stored\n"),
        (
            "https://msz.example/other",
            "pollwatch: no release from the address 'https://msz.example/other' is stored\n",
        ),
    ],
)
def test_what_is_not_stored_is_not_explained(pollwatch, subject, said):
    pollwatch("db", "upgrade")
    done = pollwatch("keywords", "explain", subject)
    assert (done.stderr, done.exit_code) == (said, 3)
