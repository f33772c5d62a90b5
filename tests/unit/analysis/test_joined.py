"""What a language joins to its words is found without being written."""

import pytest

from tests.unit.analysis.topics import hits


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("ar", "انتخابات", "وبالانتخابات"),
        ("he", "בחירות", "ושבבחירות"),
        ("ga", "toghchán", "thoghchán"),
        ("ga", "toghchán", "dToghchán"),
        ("ga", "vóta", "bhvóta"),
        ("ga", "uachtarán tofa", "tUachtarán thofa"),
        ("ga", "fear", "bhfear"),
        ("sw", "uchaguzi", "uchaguzini"),
        ("sw", "piga kura", "waliopiga kura"),
        ("sw", "piga kura", "kupiga kura"),
        ("id", "pemilu", "pemilunya"),
        ("ms", "pilihan raya", "pilihan rayalah"),
        ("ko", "선거", "선거로부터"),
        ("ko", "대통령 선거", "대통령선거에서"),
        ("fa", "رأی‌گیری", "رأی گیری"),
        ("fa", "رأی‌گیری", "رأیگیری"),
        ("fa", "رأی گیری", "رأی‌گیری"),
        ("fa", "صندوق", "صندوقهای"),
        ("ur", "نو منتخب", "نومنتخب"),
    ],
)
def test_what_is_joined_belongs_to_the_word(language, term, text):
    assert hits(term, text, language=language) == [text]


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("ga", "toghchán", "atoghchán"),
        ("ga", "tá", "dtá"),
        ("sw", "kura", "Nakura"),
        ("id", "pemilu", "pemilukada"),
        ("fa", "انتخابات", "انتخاباتی"),
        ("en", "election", "elections"),
    ],
)
def test_other_words_are_not_found(language, term, text):
    assert hits(term, text, language=language) == []


def test_a_half_space_cuts_off_an_ending():
    assert hits("انتخابات", "انتخابات‌های آزاد", language="fa") == ["انتخابات"]


def test_stars_of_a_word_with_a_half_space_stand_at_its_ends():
    assert hits("*رأی‌گیر*", "رأی‌گیری", language="fa") == ["رأی‌گیری"]
