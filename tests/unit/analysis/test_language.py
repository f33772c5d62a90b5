import pytest

from analysis.language import base_code, detect, family, read_in


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("de-AT", "de"),
        ("PT_br", "pt"),
        (" nb ", "no"),
        ("zh-Hant-TW", "zh"),
        ("sh", "sr"),
        ("und", ""),
        ("english", ""),
        ("", ""),
    ],
)
def test_a_code_is_known_without_its_region_and_script(declared, code):
    assert base_code(declared) == code


def test_one_declared_language_wins_over_what_the_letters_say():
    assert detect("Wahlen in Deutschland", "", ["fr"]) == "fr"


def test_a_language_declared_in_two_ways_is_one():
    assert detect("Wahlen", "", ["fr-FR", "fr"]) == "fr"


def test_of_several_declared_languages_the_likeliest_is_taken():
    text = "Die Bundesregierung erkennt die Ergebnisse nicht an."
    assert detect("Wahlen", text, ["fr", "de", "it"]) == "de"


def test_declared_languages_that_nobody_reads_tell_nothing():
    assert detect("Die Regierung erkennt die Wahlen nicht an", "", ["xx", "yy"]) == "de"


@pytest.mark.parametrize("declared", [[], ["und"], [""]])
def test_without_a_declared_language_the_letters_decide(declared):
    assert detect("Ministerstwo nie uznaje wyników wyborów", "", declared) == "pl"


@pytest.mark.parametrize(("title", "text"), [("", ""), ("2024", " – 12.3 %")])
def test_a_text_without_letters_has_no_language(title, text):
    assert detect(title, text, []) is None


@pytest.mark.parametrize(
    ("language", "kin"),
    [
        ("hr", {"hr", "bs", "sr"}),
        ("sv", {"sv", "da", "no"}),
        ("cs", {"cs", "sk"}),
        ("mk", {"mk", "bg"}),
        ("be", {"be", "uk", "ru"}),
        ("ms", {"ms", "id"}),
        ("pl", {"pl"}),
        ("xx", {"xx"}),
    ],
)
def test_near_languages_are_read_together(language, kin):
    assert set(family(language)) == kin


def test_a_language_comes_before_its_kin():
    assert family("sr")[0] == "sr"


def test_a_text_without_a_language_has_no_kin():
    assert family(None) == ()


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Εκλογές", "el"),
        ("Ընտրություններ", "hy"),
        ("ᲐᲠᲩᲔᲕᲜᲔᲑᲘ", "ka"),
        ("בחירות", "he"),
        ("การเลือกตั้ง", "th"),
        ("নির্বাচন", "bn"),
        ("चुनाव", "hi"),
        ("선거", "ko"),
        ("OSCE/ODIHRの選挙監視", "ja"),
        ("總統選舉", "zh"),
        ("تەنھا ٹھیک ہے", "ur"),
        ("همه‌پرسی در چند شهر", "fa"),
        ("نتائج الانتخابات النيابية", "ar"),
        ("Выбары ў Мінску", "be"),
        ("Вибори в Україні", "uk"),
        ("Сайлау қорытындысы", "kk"),
        ("Сечкиләр", "az"),
        ("Избори у Ћуприји", "sr"),
        ("Избори во Ѓевгелија", "mk"),
    ],
)
def test_a_few_letters_that_no_other_language_has_decide(title, language):
    assert detect(title, "", []) == language


def test_a_script_that_nobody_reads_is_no_language():
    assert detect("የምርጫ", "", []) is None


def test_a_page_that_begins_in_such_a_script_is_in_the_language_it_ends_in():
    assert detect("የምርጫ", "የምርጫ ቦርድ " * 80 + ENGLISH, []) == "en"


def test_names_in_foreign_letters_do_not_make_a_text_foreign():
    assert detect("The president met Mr Wałęsa and Mr Şahin at the conference", "", []) == "en"


FRENCH = "Le ministère félicite le nouveau président de la République pour sa victoire. "
ENGLISH = "The ministry congratulates the new president of the republic on this victory. "


def test_a_text_that_is_clear_is_read_in_its_language_alone():
    assert read_in("Communiqué", FRENCH, "fr") == ("fr",)


def test_what_comes_near_is_read_too():
    assert read_in("Visita oficial a Cabo Verde", "", "es") == ("es", "pt", "ca")


def test_a_wrongly_declared_language_does_not_hide_the_true_one():
    assert read_in("Communiqué", FRENCH, "en") == ("en", "fr")


def test_a_few_letters_are_read_as_declared():
    assert read_in("Val 2024", "", "sv") == ("sv",)


def test_of_a_family_one_is_enough():
    assert read_in("Posmatrači iz Srbije na izborima u Moldaviji", "", "sr") == ("sr",)


@pytest.mark.parametrize("text", [ENGLISH * 6 + FRENCH * 6, ENGLISH * 12 + FRENCH * 3])
def test_another_language_further_down_a_page_is_read_too(text):
    assert read_in("Statement", text, "en") == ("en", "fr")


def test_a_title_in_another_language_than_its_text_is_read_too():
    title = "Ministry congratulates the president on winning this election"

    assert read_in(title, FRENCH * 6, "fr") == ("fr", "en")


def test_a_quotation_does_not_make_a_page_bilingual():
    assert read_in("Statement", ENGLISH * 5 + "« Vive la France » " + ENGLISH * 5, "en") == ("en",)
