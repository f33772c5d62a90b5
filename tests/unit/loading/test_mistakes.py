import pytest

from domain.errors import ConfigError
from pollwatch.loading.mistakes import Mistake, instead, raise_if_any


def mistake(file, line, text="x"):
    return Mistake(file=file, line=line, text=text)


def test_a_mistake_is_place_and_sentence():
    assert str(mistake("a.yaml", 3, "is wrong")) == "a.yaml:3: is wrong"


def test_a_mistake_of_a_whole_file_has_no_line():
    assert str(mistake("a.yaml", 0, "is wrong")) == "a.yaml: is wrong"


def test_a_mistake_is_always_one_line_without_hidden_marks():
    assert str(mistake("a.yaml", 1, "'a\nb\u202ec'")) == r"a.yaml:1: 'a\nb\u202ec'"


def test_no_mistake_raises_nothing():
    raise_if_any([])


def test_all_mistakes_come_in_the_order_of_files_and_lines_each_once():
    found = [mistake("b", 1), mistake("a", 10), mistake("a", 9), mistake("b", 1)]

    with pytest.raises(ConfigError) as error:
        raise_if_any(found)

    assert error.value.mistakes == ("a:9: x", "a:10: x", "b:1: x")


@pytest.mark.parametrize(
    ("written", "known", "sentence"),
    [
        ("fedes", ["name", "feeds"], "write 'feeds' instead"),
        ("NAME", ["name", "feeds"], "write 'name' instead"),
        ("zzz", ["name", "feeds"], "write one of these instead: name, feeds"),
        ("zzz", [], "delete it"),
        ("zzz", [f"source{number}" for number in range(40)], "write the name of one that is there"),
    ],
)
def test_what_to_write_is_the_nearest_word_or_the_choice(written, known, sentence):
    assert instead(written, known) == sentence
