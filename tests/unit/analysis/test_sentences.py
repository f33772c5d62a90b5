import pytest

from analysis.sentences import sentences


def cut(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("We condemn this. It is void.", "We condemn this."),
        ("Is it free? It is not.", "Is it free?"),
        ("Never! It is void.", "Never!"),
        ("They waited… Then they left.", "They waited…"),
        ("He said “no.” Then he left.", "He said “no.”"),
        ("Il a dit « non. » Il est parti.", "Il a dit « non. »"),
        ("我们谴责。这无效。", "我们谴责。"),
        ("認めない！無効だ。", "認めない！"),
        ("「認めない。」無効だ。", "「認めない。」"),
        ("هل هي حرة؟ لا أثر لها.", "هل هي حرة؟"),
        ("यह चुनाव है। यह वैध नहीं।", "यह चुनाव है।"),
        ("یہ انتخابات ہیں۔ یہ درست نہیں۔", "یہ انتخابات ہیں۔"),
        ("Սա ընտրություն է։ Սա անվավեր է։", "Սա ընտրություն է։"),
    ],
)
def test_marks_of_the_end_end_a_sentence_in_every_script(text, first):
    assert cut(text)[0] == first


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Smith and Dr. Jones met.",
        "The U.S. Government objects.",
        "John F. Kennedy spoke.",
        "Am 17. März wurde gewählt.",
        "Dne 3. Března se hlasovalo.",
        "Der XIV. Bundestag tagte.",
        "Rund 3.5 Mio. Menschen, z.B. Frauen, wählten.",
        "See No. 5 and Art. 12 of it.",
        "В 2024 г. Россия голосовала, т.е. Москва.",
        "Dnia 17 marca 2024 r. Rosja głosowała.",
        "See www.example.org for more.",
        "“Why?” he asked.",
        "They waited ... and left.",
    ],
)
def test_other_dots_do_not_end_a_sentence(text):
    assert cut(text) == [text]


def test_a_year_ends_a_sentence():
    assert cut("It was in 2024. They left.") == ["It was in 2024.", "They left."]


def test_words_that_are_also_abbreviations_end_a_sentence_before_words():
    assert cut("He said no. They left.") == ["He said no.", "They left."]


def test_line_breaks_end_a_sentence():
    assert cut("Headline\n\nText of it\n") == ["Headline", "Text of it"]


def test_white_space_around_a_sentence_is_no_part_of_it():
    assert cut("  One.   Two.  ") == ["One.", "Two."]


@pytest.mark.parametrize("text", ["", "  \n "])
def test_where_there_is_nothing_there_is_no_sentence(text):
    assert sentences(text) == ()
