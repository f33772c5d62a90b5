"""Whatever stands around a word and however it is written, a hit leads back to that word."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.fold import fold
from analysis.keywords import compile_topics
from analysis.language import READ
from tests.unit.analysis.topics import a_keyword, a_topic

ELECTIONS = {
    "ar": "انتخابات", "az": "seçkilər", "be": "выбары", "bg": "избори", "bn": "নির্বাচন",
    "bs": "izbori", "ca": "eleccions", "cs": "volby", "da": "valgdag", "de": "Wählerin",
    "el": "εκλογές", "en": "election", "es": "elección", "et": "valimised", "fa": "رأی‌گیری",
    "fi": "äänestys", "fr": "élection", "ga": "toghchán", "he": "בחירות", "hi": "चुनाव",
    "hr": "glasačka", "hu": "választás", "hy": "ընտրություններ", "id": "pemilu",
    "is": "þingkosning", "it": "elezioni", "ja": "選挙", "ka": "არჩევნები", "kk": "сайлау",
    "ko": "선거", "lt": "rinkėjų", "lv": "vēlēšanas", "mk": "избори", "ms": "pengundi",
    "mt": "elezzjoni", "nl": "verkiezing", "no": "fylkestingsvalg", "pl": "głosów",
    "pt": "eleição", "ro": "alegători", "ru": "выборы", "sk": "voľby", "sl": "volišče",
    "sq": "zgjedhje", "sr": "избори", "sv": "röstlängd", "sw": "uchaguzi", "th": "เลือกตั้ง",
    "tr": "seçim", "uk": "виборці", "ur": "الیکشن", "vi": "bầu cử", "zh": "選舉",
}  # fmt: skip
DISGUISES = (
    str,
    str.upper,
    str.title,
    lambda word: unicodedata.normalize("NFD", word),
    lambda word: unicodedata.normalize("NFD", word.upper()),
    lambda word: f"{word[:2]}\u00ad{word[2:]}",
    lambda word: f"{word[:1]}\u200b{word[1:]}",
    lambda word: word.replace(" ", "\u00a0\n"),
)
AROUND = st.lists(
    st.sampled_from(
        [
            "2024",
            "İİ",
            "größte",
            "Ø",
            "ﾊﾞ",
            "한국",
            "ﬁ",
            "…",
            "«",
            "”",
            "–",
            "a\u0301",
            "\u00ad",
            "½",
        ]
    )
)
GAPS = st.sampled_from([" ", "  ", "\n\n", "\u00a0", ", "])


def test_every_language_that_we_read_has_its_word():
    assert sorted(ELECTIONS) == sorted(READ)


@pytest.mark.parametrize("language", sorted(ELECTIONS))
@given(before=AROUND, behind=AROUND, gap=GAPS, disguise=st.sampled_from(DISGUISES))
@settings(max_examples=12)
def test_a_hit_holds_its_word_and_nothing_else(language, before, behind, gap, disguise):
    word = ELECTIONS[language]
    text = gap.join([*before, disguise(word), *behind])
    topic = a_topic(a_keyword(word, language=language))
    (match,) = compile_topics([topic]).match(text, "", language)
    found = [text[hit.start : hit.end] for hit in match.hits]
    assert [fold(each, language).text for each in found] == [fold(word, language).text]


@pytest.mark.parametrize("language", sorted(ELECTIONS))
def test_a_hit_in_the_text_leads_into_the_text(language):
    text = f"İ, {ELECTIONS[language]}\u00ad!"
    topic = a_topic(a_keyword(ELECTIONS[language], language=language))
    (match,) = compile_topics([topic]).match(text, text, language)
    title, body = match.hits
    assert (title.where, body.where) == ("title", "text")
    assert (title.start, title.end) == (body.start, body.end)
