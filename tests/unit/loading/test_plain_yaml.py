import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollwatch.loading import plain_yaml


def read(text):
    return plain_yaml.read(text.encode(), file="a.yaml")


def mistakes(text):
    return [str(mistake) for mistake in read(text).mistakes]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("null", "null"),
        ("~", "~"),
        ("12:30", "12:30"),
        ("2024-03-17", "2024-03-17"),
        ("007", "007"),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        ("1e3", "1e3"),
        (".5", ".5"),
        (".inf", ".inf"),
        ("1234567890123456789", "1234567890123456789"),
        ("True", "True"),
        ('"30"', "30"),
        ("'true'", "true"),
        ("30", 30),
        ("-4", -4),
        ("0", 0),
        ("0.5", 0.5),
        ("true", True),
        ("false", False),
        ("[]", []),
        ("[a, 1]", ["a", 1]),
        ("{b: 1}", {"b": 1}),
    ],
)
def test_everything_is_text_except_numbers_true_and_false(written, meant):
    value = read(f"a: {written}\n").value["a"]

    assert value == meant
    assert type(value) is type(meant)


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "\ufeff"])
def test_an_empty_file_says_nothing_and_is_no_mistake(text):
    document = read(text)

    assert dict(document.value) == {}
    assert document.is_readable
    assert document.mistakes == ()


def test_a_literal_block_is_text_as_it_stands():
    assert read("a: |\n  *wahl*  # c\n  =CENI\n").value["a"] == "*wahl*  # c\n=CENI\n"


def test_every_value_knows_its_line():
    document = read("# c\na: 1\nb:\n  - x: 1\n    y: 2\n  - z\n")

    assert document.line_of(("a",)) == 2
    assert document.line_of(("b",)) == 3
    assert document.line_of(("b", 0, "y")) == 5
    assert document.line_of(("b", 1)) == 6


def test_what_is_not_there_has_the_line_of_what_is_around_it():
    assert read("a: 1\nb:\n  - x: 1\n").line_of(("b", 0, "missing")) == 3


def test_a_literal_block_knows_the_line_of_its_first_text():
    assert read("a: 1\nb: |   # c\n  one\n").blocks == {("b",): 3}


def test_a_key_that_stands_twice_is_a_mistake_at_each_later_place():
    assert mistakes("a: 1\nb: 2\na: 3\na: 4\n") == [
        "a.yaml:3: 'a' stands here again, after line 1; keep one of the two",
        "a.yaml:4: 'a' stands here again, after line 3; keep one of the two",
    ]


def test_the_same_key_may_stand_in_two_groups():
    assert mistakes("a:\n  x: 1\nb:\n  x: 1\n") == []


def test_a_key_without_a_value_is_a_mistake_on_its_own_line():
    assert mistakes("a: 1\nb:\n# c: 2\n") == [
        "a.yaml:2: 'b' has no value; write one, or delete the line"
    ]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("a: &x 1\n", "a.yaml:1: '&x' names an anchor; write the value out instead"),
        ("a: !foo 1\n", "a.yaml:1: '!foo' is a tag; put a value that begins with '!' in quotes"),
        (
            "a: *vote\n",
            "a.yaml:1: '*vote' refers to another place; put a value that begins with '*' in quotes",
        ),
        (
            'a: "\\uD800"\n',
            (
                "a.yaml:1: cannot be read as YAML (found invalid Unicode character escape code); "
                "delete the escape"
            ),
        ),
        (
            'a: "\\UFFFFFFFF"\n',
            (
                "a.yaml:1: cannot be read as YAML (found invalid Unicode character escape code); "
                "delete the escape"
            ),
        ),
        ("*a : b\n", "a.yaml:1: has a key that is no text; write 'key: value'"),
        ("a: 1\n---\nb: 2\n", "a.yaml:2: holds a second document; take out the '---'"),
        ("- a\n", "a.yaml:1: holds no keys; write lines of 'key: value'"),
        ("[]\n", "a.yaml:1: holds no keys; write lines of 'key: value'"),
        ("0\n", "a.yaml:1: holds no keys; write lines of 'key: value'"),
        ("hello\n", "a.yaml:1: holds no keys; write lines of 'key: value'"),
        ("[a]: 1\n", "a.yaml:1: has a key that is no text; write 'key: value'"),
        (
            "a:\n\t- b\n",
            (
                "a.yaml:2: cannot be read as YAML (found character that cannot start any token); "
                "put the value in quotes, and indent with spaces instead of tabs"
            ),
        ),
        (
            "a: 1\nb: c: d\n",
            (
                "a.yaml:2: cannot be read as YAML (mapping values are not allowed in this context"
                "); "
                "indent evenly, and put a value that holds ': ' in quotes"
            ),
        ),
        ("a: 1\nb: \x01\n", "a.yaml:2: holds a control character; delete it"),
        ("a: " + "[" * 50 + "]" * 50, "a.yaml:1: is nested too deeply; no file needs that"),
    ],
)
def test_what_no_file_needs_is_refused_in_words(text, mistake):
    assert mistakes(text) == [mistake]


def test_several_mistakes_of_one_file_come_together():
    assert mistakes("a: &x 1\na: 2\nb:\n") == [
        "a.yaml:1: '&x' names an anchor; write the value out instead",
        "a.yaml:2: 'a' stands here again, after line 1; keep one of the two",
        "a.yaml:3: 'b' has no value; write one, or delete the line",
    ]


def test_bytes_that_are_not_utf_8_are_a_mistake_with_their_line():
    document = plain_yaml.read(b"a: 1\nb: M\xfcnchen\n", file="a.yaml")

    assert str(document.mistakes[0]) == "a.yaml:2: holds bytes that are not UTF-8; save it as UTF-8"


def test_a_file_of_more_than_a_megabyte_is_refused_unread():
    document = plain_yaml.read(b"a" * 1_000_001, file="a.yaml")

    assert str(document.mistakes[0]) == (
        "a.yaml: holds more than 1000000 bytes; split it, or take it away"
    )


@given(st.text(max_size=60))
def test_any_text_is_a_document_or_a_mistake(text):
    document = read(text)

    assert document.is_readable or document.mistakes


@given(st.text(alphabet="aU0F:-[]{}\"'\\|>&*!%#?@ \n\t", max_size=40))
def test_any_text_of_signs_that_mean_something_is_a_document_or_a_mistake(text):
    document = read(text)

    assert document.is_readable or document.mistakes
