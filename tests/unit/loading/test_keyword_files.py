import pytest

from domain.reading import HitKind
from domain.topic import Example, Forms, Keyword
from pollwatch.loading import plain_yaml
from pollwatch.loading.files import LoadedFile
from pollwatch.loading.keywords import read_keywords

TEXT = """\
strong: |                     # one is enough
  Bundestagswahl*
  *wahlbeobacht*              # also in compounds
  "freie Wahl"~5

weak: |
  Urnengang      | title, weight 2
  Abstimmung*    | lead, weight 0.5
context: |
  =OSZE
sham: |
  „Wahlen“
  Farce          | beside
traps: |
  # comments may stand alone
  Auswahl*
examples:
  in:  ["Bundestagswahl: wie man wählt"]
  out: ["Auswahl der Besten"]
"""


def document(text, *, file="de.yaml"):
    return plain_yaml.read(text.encode(), file=file)


def read(text, *, shipped=None):
    file = LoadedFile(
        name="topics/elections/de.yaml",
        document=document(text),
        checksum="",
        beneath=None if shipped is None else document(shipped, file="shipped.yaml"),
        is_own=True,
        replaces_shipped=shipped is not None,
    )
    return read_keywords(file, language="de")


def mistakes(text, *, shipped=None):
    return [str(mistake) for mistake in read(text, shipped=shipped).mistakes]


def terms(text, *, shipped=None):
    return [(keyword.kind, keyword.term) for keyword in read(text, shipped=shipped).keywords]


def test_each_line_of_a_block_is_a_term_of_its_kind():
    assert terms(TEXT) == [
        (HitKind.STRONG, "Bundestagswahl*"),
        (HitKind.STRONG, "*wahlbeobacht*"),
        (HitKind.STRONG, '"freie Wahl"~5'),
        (HitKind.WEAK, "Urnengang"),
        (HitKind.WEAK, "Abstimmung*"),
        (HitKind.CONTEXT, "=OSZE"),
        (HitKind.SHAM, "„Wahlen“"),
        (HitKind.SHAM, "Farce"),
        (HitKind.TRAP, "Auswahl*"),
    ]


def test_a_keyword_knows_its_options_and_its_place():
    assert read(TEXT).keywords[3] == Keyword(
        term="Urnengang",
        kind=HitKind.WEAK,
        language="de",
        weight=2.0,
        only_title=True,
        file="topics/elections/de.yaml",
        line=7,
    )


def test_lead_and_beside_are_options_too():
    keywords = read(TEXT).keywords

    assert keywords[4].only_lead
    assert keywords[4].weight == 0.5
    assert keywords[7].beside


def test_examples_say_what_should_match_and_where_they_stand():
    assert read(TEXT).examples == (
        Example(
            language="de",
            text="Bundestagswahl: wie man wählt",
            is_match=True,
            file="topics/elections/de.yaml",
            line=18,
        ),
        Example(
            language="de",
            text="Auswahl der Besten",
            is_match=False,
            file="topics/elections/de.yaml",
            line=19,
        ),
    )


def test_a_hash_inside_a_word_begins_no_comment():
    assert terms("strong: |\n  vote#24 # now\n") == [(HitKind.STRONG, "vote#24")]


def test_an_empty_file_holds_no_keywords():
    assert terms("") == []


def test_a_file_that_extends_the_shipped_one_adds_to_it():
    own = "extends: shipped\nstrong: |\n  Volkskammerwahl*\n"

    assert terms(own, shipped="strong: |\n  Bundestagswahl*\n") == [
        (HitKind.STRONG, "Bundestagswahl*"),
        (HitKind.STRONG, "Volkskammerwahl*"),
    ]


def test_terms_under_without_are_taken_away():
    own = "extends: shipped\nwithout: |\n  Wahlakt   # too rare\n"

    assert terms(own, shipped="strong: |\n  Wahlakt | title\n  Neuwahl\n") == [
        (HitKind.STRONG, "Neuwahl")
    ]


def test_a_term_that_stands_in_both_files_has_the_options_of_the_own_one():
    own = "extends: shipped\nweak: |\n  Urnengang | weight 3\n"
    read_both = read(own, shipped="weak: |\n  Urnengang | title\n")

    assert [(keyword.weight, keyword.only_title) for keyword in read_both.keywords] == [(3, False)]


def test_mistakes_of_the_shipped_file_are_told_too():
    assert mistakes("extends: shipped\n", shipped="stong: |\n  x\n") == [
        "shipped.yaml:1: unknown key 'stong'; write 'strong' instead"
    ]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("stong: |\n  x\n", "de.yaml:1: unknown key 'stong'; write 'strong' instead"),
        (
            "strong: Wahl\n",
            "de.yaml:1: strong: write one term a line under 'strong: |'",
        ),
        ("strong: 3\n", "de.yaml:1: strong: write one term a line under 'strong: |'"),
        (
            "strong:\n  - Wahl\n  - Wahlen\n",
            (
                "de.yaml:1: strong: write one term a line under 'strong: |', without dashes or "
                "brackets"
            ),
        ),
        (
            "strong: |\n  Wahl | weigth 2\n",
            "de.yaml:2: 'Wahl | weigth 2': 'weigth 2' is no option; write 'weight' instead",
        ),
        (
            "strong: |\n\n  Wahl | weight\n",
            (
                "de.yaml:3: 'Wahl | weight': 'weight ' has no number above 0; write for example "
                "weight 2"
            ),
        ),
        (
            "strong: |\n  Wahl | weight 0\n",
            (
                "de.yaml:2: 'Wahl | weight 0': 'weight 0' has no number above 0; write for example "
                "weight 2"
            ),
        ),
        (
            "strong: |\n  Wahl |\n",
            "de.yaml:2: 'Wahl |': there are no options after '|'; write some, or delete the bar",
        ),
        (
            "strong: |\n  Wahl | title, lead\n",
            (
                "de.yaml:2: 'Wahl | title, lead': 'title' and 'lead' exclude each other; "
                "lead means "
                "title or first paragraph"
            ),
        ),
        (
            "traps: |\n  Auswahl | title\n",
            "de.yaml:2: 'Auswahl | title': a trap takes no options; delete what follows '|'",
        ),
        (
            "examples: {in: [2024]}\n",
            'de.yaml:1: in: 2024 is not text; put it in quotes: "2024"',
        ),
        ("examples: {ou: [a]}\n", "de.yaml:1: unknown key 'ou'; write 'out' instead"),
        (
            "extends: default\n",
            "de.yaml:1: extends: 'default' cannot be extended; write 'shipped' instead",
        ),
        (
            "extends: shipped\n",
            "de.yaml:1: extends: there is no shipped file of this name; delete the line",
        ),
        (
            "without: |\n  Wahl\n",
            "de.yaml:1: without: takes away from nothing; write 'extends: shipped' above it",
        ),
    ],
)
def test_one_mistake_is_told_with_its_line_and_what_to_write(text, mistake):
    assert mistakes(text) == [mistake]


def test_an_impossible_term_is_a_mistake_on_its_line():
    assert mistakes("strong: |\n  Neuwahl\n  W*ahl\n")[0].startswith("de.yaml:3: 'W*ahl': ")


def test_taking_away_what_is_not_there_is_a_mistake():
    own = "extends: shipped\nwithout: |\n  Bundestagwahl*\n"

    assert mistakes(own, shipped="strong: |\n  Bundestagswahl*\n") == [
        (
            "de.yaml:3: without: the shipped file holds no term 'Bundestagwahl*'; "
            "write 'Bundestagswahl*' instead"
        )
    ]


def test_all_mistakes_of_a_file_come_together():
    assert mistakes("stong: |\n  x\nweak: |\n  Wahl |\n  * \n")[:2] == [
        "de.yaml:1: unknown key 'stong'; write 'strong' instead",
        "de.yaml:4: 'Wahl |': there are no options after '|'; write some, or delete the bar",
    ]


def forms(text, *, shipped=None):
    return read(text, shipped=shipped).forms


def test_a_head_word_has_its_forms_behind_a_colon():
    written = "forms: |\n  # as in the grammar\n  election: Wahl, Wahlen   # and no others\n"

    assert forms(written) == (
        Forms(
            label="election",
            forms=("Wahl", "Wahlen"),
            language="de",
            file="topics/elections/de.yaml",
            line=3,
        ),
    )


def test_a_form_that_serves_several_cases_is_one():
    assert [each.forms for each in forms("forms: |\n  vote: Stimme, Stimme\n")] == [("Stimme",)]


@pytest.mark.parametrize("comma", [",", "،", "、", "，"])
def test_forms_stand_between_commas_of_any_script(comma):
    assert [each.forms for each in forms(f"forms: |\n  vote: a{comma} b\n")] == [("a", "b")]


def test_forms_of_an_extended_file_come_first():
    shipped = "forms: |\n  vote: Stimme\n"
    own = "extends: shipped\nforms: |\n  voter: Wähler\n"

    assert [each.label for each in forms(own, shipped=shipped)] == ["vote", "voter"]


@pytest.mark.parametrize(
    "line", ["Wahl, Wahlen", "election:", ": Wahl", "election: Wahl,, Wahlen", "election: Wahl,"]
)
def test_a_line_of_forms_that_lacks_something_is_a_mistake(line):
    (mistake,) = mistakes(f"forms: |\n  {line}\n")

    assert mistake == (
        f"de.yaml:2: '{line}': forms stand behind the English name of their word, between commas; "
        "write for example 'election: Wahl, Wahlen'"
    )


def test_a_form_with_a_star_is_a_mistake():
    (mistake,) = mistakes("forms: |\n  election: Wahl*\n")

    assert mistake == (
        "de.yaml:2: 'election: Wahl*': a form is a word as texts have it; take '*' away, and write "
        "out all forms"
    )


def test_forms_outside_a_literal_block_are_a_mistake():
    assert mistakes('forms: "election: Wahl"\n') == [
        "de.yaml:1: forms: write one head word a line under 'forms: |'"
    ]


def test_an_example_may_hold_the_half_space_of_persian():
    (example,) = read("examples:\n  in: [انتخابات برگزار می\u200cشود]\n").examples
    assert example.text == "انتخابات برگزار می\u200cشود"
