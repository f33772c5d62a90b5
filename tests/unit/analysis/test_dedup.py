from datetime import timedelta

import pytest

from analysis.dedup import compare, partition
from domain.reading import Partition, Verdict
from domain.source import SourceId
from tests.unit.analysis.texts import DAY, SHORT, STATEMENT, a_key, a_likeness, a_text

ELSEWHERE = "https://economy.example/2"
COLUMN = (
    "This week the minister travelled to Vienna, where she opened a conference on trade in "
    "grain, met three of her colleagues and visited a school."
)


def verdict(one, other):
    likeness = compare(one, other)
    return likeness and likeness.verdict


def from_another_source(text=STATEMENT, **changes):
    url = "https://foreign.example/9"
    return a_text(text, **{"source_id": SourceId("yy_foreign"), "canonical_url": url} | changes)


def test_the_same_words_at_one_address_are_one_release():
    assert verdict(a_text(), a_text(title="UPDATED: Statement")) is Verdict.SAME


def test_a_text_that_grew_at_its_address_is_one_release():
    longer = a_text(f"{STATEMENT}\nAdded at noon: the ambassador was summoned as well.")
    assert verdict(a_text(), longer) is Verdict.SAME


def test_a_typo_mended_at_its_address_is_one_release():
    assert verdict(a_text(), a_text(STATEMENT.replace("outcome", "outcomes"))) is Verdict.SAME


def test_a_cut_off_text_at_one_address_is_one_release_with_the_whole():
    assert verdict(a_text(SHORT, title="Statement"), a_text()) is Verdict.SAME


def test_a_text_of_few_words_is_one_release_with_the_whole_only_under_its_title():
    few = "The ministry condemns the so-called presidential election."
    assert verdict(a_text(few), a_text()) is Verdict.SAME
    assert verdict(a_text(few, title="Another"), a_text()) is None


def test_a_rolling_address_with_another_text_is_another_release():
    assert verdict(a_text(), a_text(COLUMN)) is None


def test_the_same_words_of_one_source_at_two_addresses_are_one_release():
    other = a_text(canonical_url=ELSEWHERE, title="Other", published_at=None)
    assert verdict(a_text(), other) is Verdict.SAME


def test_form_does_not_make_another_release():
    other = a_text(STATEMENT.upper().replace(" ", "\u00a0"), canonical_url=ELSEWHERE)
    assert verdict(a_text(), other) is Verdict.SAME


SERBIAN_LATIN = """\
Ministarstvo prati lokalne izbore i poziva sve strane da se uzdrže od nasilja. Posmatrači moraju
imati pristup svim biračkim mestima, a rezultati moraju biti objavljeni u celini. Ambasada će
izveštavati o toku glasanja i biće otvorena i za vreme praznika."""
SERBIAN_CYRILLIC = """\
Министарство прати локалне изборе и позива све стране да се уздрже од насиља. Посматрачи морају
имати приступ свим бирачким местима, а резултати морају бити објављени у целини. Амбасада ће
извештавати о току гласања и биће отворена и за време празника."""
CHINESE_SIMPLIFIED = """\
外交部对选举的准备工作表示关注，并要求有关各方保证所有投票站的安全。
观察员应当能够进入全国各地的投票站，选举结果应当及时公布。
我们将继续与联合国和伙伴国家合作，帮助当地选举机构培训工作人员。"""
CHINESE_TRADITIONAL = """\
外交部對選舉的準備工作表示關注，並要求有關各方保證所有投票站的安全。
觀察員應當能夠進入全國各地的投票站，選舉結果應當及時公佈。
我們將繼續與聯合國和夥伴國家合作，幫助當地選舉機構培訓工作人員。"""


@pytest.mark.parametrize(
    ("one", "other"),
    [(SERBIAN_LATIN, SERBIAN_CYRILLIC), (CHINESE_SIMPLIFIED, CHINESE_TRADITIONAL)],
    ids=["Serbian", "Chinese"],
)
def test_a_text_in_the_other_script_of_its_language_is_one_release(one, other):
    assert verdict(a_text(one), a_text(other, canonical_url=ELSEWHERE)) is Verdict.SAME


def test_look_alikes_of_one_source_at_two_addresses_are_apart():
    other = a_text(STATEMENT.replace("March", "May"), canonical_url=ELSEWHERE)
    assert verdict(a_text(), other) is Verdict.APART


TINY = "The minister has nothing to add."


def test_few_words_are_one_release_with_title_and_day():
    other = a_text(TINY, canonical_url=ELSEWHERE, published_at=DAY + timedelta(hours=3))
    assert verdict(a_text(TINY), other) is Verdict.SAME


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Another title"},
        {"published_at": DAY + timedelta(days=1)},
        {"published_at": None},
    ],
)
def test_few_words_under_another_title_or_day_are_two_releases(changes):
    assert verdict(a_text(TINY), a_text(TINY, canonical_url=ELSEWHERE, **changes)) is None


def test_the_same_words_from_another_source_join_one_story():
    assert verdict(a_text(), from_another_source()) is Verdict.JOINS


@pytest.mark.parametrize("text", [TINY, SHORT])
def test_short_texts_from_another_source_never_join(text):
    assert verdict(a_text(text), from_another_source(text)) is None


def test_look_alikes_from_another_source_do_not_join():
    assert verdict(a_text(), from_another_source(STATEMENT.replace("March", "May"))) is None


def test_texts_without_words_are_one_release_at_one_address_under_one_title():
    assert verdict(a_text(""), a_text(" ")) is Verdict.SAME
    assert verdict(a_text(""), a_text()) is Verdict.SAME


@pytest.mark.parametrize(
    "other",
    [
        a_text(" ", title="Another title"),
        a_text("", canonical_url=ELSEWHERE),
        from_another_source(""),
    ],
)
def test_texts_without_words_are_otherwise_two(other):
    assert verdict(a_text(""), other) is None


def test_a_text_has_no_likeness_with_itself():
    assert compare(a_text(), a_text()) is None


def test_a_likeness_says_why():
    likeness = compare(a_text(), from_another_source())
    assert (likeness.reason, likeness.method) == (
        "say the same words, published by two institutions",
        "words/2",
    )


def test_a_likeness_names_the_smaller_text_first():
    one, other = a_text(), from_another_source()
    assert compare(other, one).a == one.key


NOTICE = (
    "Aktueller Hinweis: Am 16.4.2025 finden in Malawi landesweit Wahlen statt. Im Vorfeld kann es "
    "insbesondere in Lilongwe zu Demonstrationen kommen. Meiden Sie Ansammlungen, verfolgen "
    "Sie die örtlichen Medien und halten Sie Ihre Reisedokumente bereit."
)
NOTE = "\n\nNote to editors: this text was completed after publication."
PAGE = "Home > News > Releases\n{}\n\nContact\nPress desk, telephone +00 000 0000. Imprint. Help."


def notice(old="", new="", **changes):
    return a_text(NOTICE.replace(old, new), **{"language": "de", "title": "Malawi"} | changes)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Malawi", "Gambia"),
        ("Lilongwe", "Blantyre"),
        ("16.4.2025", "30.9.2025"),
        ("Malawi", "Südsudan"),
    ],
)
def test_siblings_of_one_template_are_apart(old, new):
    assert verdict(notice(), notice(old, new, canonical_url=ELSEWHERE)) is Verdict.APART


def test_a_country_is_not_another_one_mistyped():
    zambia, gambia = notice("Malawi", "Sambia"), notice("Malawi", "Gambia", canonical_url=ELSEWHERE)
    assert verdict(zambia, gambia) is Verdict.APART


def test_a_longer_name_that_holds_a_shorter_one_is_another_country():
    sudan, south = STATEMENT.replace("March", "Sudan"), STATEMENT.replace("March", "South Sudan")
    assert verdict(a_text(sudan), a_text(south, canonical_url=ELSEWHERE)) is Verdict.APART


def test_siblings_under_titles_of_their_own_are_apart_though_their_words_are_the_same():
    lagos, kano = (
        a_text(title="Visa centre in Lagos closed"),
        a_text(title="Visa centre in Kano closed", canonical_url=ELSEWHERE),
    )
    assert verdict(lagos, kano) is Verdict.APART


def test_a_number_put_right_at_its_address_is_one_release():
    assert verdict(notice(), notice("16.4.2025", "17.4.2025")) is Verdict.SAME


def test_a_number_that_differs_elsewhere_says_neither():
    assert verdict(notice(), notice("16.4.2025", "17.4.2025", canonical_url=ELSEWHERE)) is None


def test_an_address_that_shows_another_day_each_week_is_no_release():
    week = notice("16.4.2025", "23.4.2025", published_at=DAY + timedelta(days=7))
    assert verdict(notice(), week) is None


def test_an_address_that_shows_another_day_and_matter_keeps_them_apart():
    later = notice("16.4.2025", "23.5.2025").text.replace("Demonstrationen", "Stromausfällen")
    assert verdict(notice(), a_text(later, language="de", title="Malawi")) is Verdict.APART


def test_another_country_at_one_address_is_another_release():
    assert verdict(notice(), notice("Malawi", "Gambia")) is Verdict.APART


def test_a_view_of_an_address_is_that_address():
    url = "http://m.economy.example/1/?print=1"
    assert verdict(a_text(), a_text(f"{STATEMENT}{NOTE}", canonical_url=url)) is Verdict.SAME


@pytest.mark.parametrize(
    "text",
    [
        f"{STATEMENT}{NOTE}",
        STATEMENT.replace("outcome", "otucome"),
        f"<p>{STATEMENT}</p>",
        PAGE.format(STATEMENT),
    ],
)
def test_an_edit_is_one_release_with_the_text_wherever_it_stands(text):
    other = a_text(text, canonical_url=ELSEWHERE, published_at=DAY + timedelta(days=90))
    assert verdict(a_text(), other) is Verdict.SAME


def test_a_summary_elsewhere_is_one_release_with_its_text_in_the_same_days():
    summary = a_text(f"{SHORT[:-4]}…", canonical_url=ELSEWHERE)
    assert verdict(summary, a_text()) is Verdict.SAME


@pytest.mark.parametrize(
    "changes", [{"title": "Another"}, {"published_at": DAY + timedelta(days=30)}]
)
def test_a_summary_elsewhere_says_nothing_under_another_title_or_at_another_time(changes):
    summary = a_text(f"{SHORT[:-4]}…", canonical_url=ELSEWHERE, **changes)
    assert verdict(summary, a_text()) is None


def test_other_releases_in_one_page_are_not_one():
    other = a_text(PAGE.format(COLUMN), canonical_url=ELSEWHERE)
    assert verdict(a_text(PAGE.format(SHORT)), other) is None


INTRODUCTION = "The United Kingdom has today joined its partners in a statement. The text follows."


def test_a_statement_behind_an_introduction_joins_it():
    assert verdict(a_text(), from_another_source(f"{INTRODUCTION}\n{STATEMENT}")) is Verdict.JOINS


def test_a_statement_behind_two_introductions_joins():
    other = "Canada and Japan spoke with one voice this morning and published this statement."
    one = a_text(f"{INTRODUCTION}\n{STATEMENT}")
    assert verdict(one, from_another_source(f"{other}\n{STATEMENT}")) is Verdict.JOINS


def test_a_release_within_a_longer_one_of_its_source_joins_it():
    longer = a_text(f"{STATEMENT} {COLUMN} {COLUMN}", canonical_url=ELSEWHERE, title="Week")
    assert verdict(a_text(), longer) is Verdict.JOINS


def test_a_statement_that_reuses_a_sentence_does_not_join():
    sentence = "The vote breaks international law and the Charter of the United Nations."
    assert verdict(a_text(), from_another_source(f"{sentence} {COLUMN}")) is None


def test_the_template_of_another_source_with_another_country_and_day_is_apart():
    assert verdict(notice(), from_another_source(notice("Malawi", "Gambia").text)) is Verdict.APART


def test_a_column_without_text_is_one_release_with_that_of_its_day_only():
    empty = a_text("", published_at=DAY + timedelta(days=7))
    assert verdict(empty, a_text(COLUMN)) is None


FIGURES = f"{STATEMENT} It sent 12 observers and 40 experts."


@pytest.mark.parametrize(("days", "expected"), [(0, Verdict.SAME), (30, Verdict.APART)])
def test_several_numbers_at_one_address_are_put_right_soon_or_are_others(days, expected):
    other = a_text(
        FIGURES.replace("12", "15").replace("40", "60"), published_at=DAY + timedelta(days=days)
    )
    assert verdict(a_text(FIGURES), other) is expected


def test_a_number_that_another_source_gives_otherwise_says_neither():
    other = from_another_source(FIGURES.replace("12", "15"))
    assert verdict(a_text(FIGURES), other) is None


def test_a_piece_from_the_middle_is_no_summary():
    piece = a_text(" ".join(STATEMENT.split()[24:44]), canonical_url=ELSEWHERE)
    assert verdict(a_text(f"{STATEMENT} {COLUMN}"), piece) is None


@pytest.mark.parametrize("end", range(100, 112))
@pytest.mark.parametrize("url", [ELSEWHERE, "https://economy.example/0"])
def test_a_summary_may_break_off_within_a_word(end, url):
    summary = a_text(f"{STATEMENT[:end]}…", canonical_url=url)
    assert verdict(a_text(), summary) is Verdict.SAME


def test_a_short_text_within_that_of_another_source_does_not_join():
    assert verdict(a_text(SHORT), from_another_source()) is None


def test_what_a_sibling_has_in_common_with_a_much_longer_text_says_nothing():
    longer = f"{notice('Malawi', 'Gambia').text} {STATEMENT} {COLUMN}"
    assert verdict(notice(), notice(NOTICE, longer, canonical_url=ELSEWHERE)) is None


def test_what_stands_between_two_long_texts_does_not_join():
    one = a_text(f"{COLUMN} {COLUMN} {STATEMENT}")
    other = "On Friday night a storm tore the roof from the old mill near Oslo. " * 4
    assert verdict(one, from_another_source(f"{other}{STATEMENT}")) is None


def test_a_date_under_a_text_tells_siblings():
    may = a_text(f"{STATEMENT}\n\nVienna, 9 May 2024", canonical_url=ELSEWHERE)
    assert verdict(a_text(f"{STATEMENT}\n\nVienna, 15 April 2023"), may) is Verdict.APART


def test_what_two_sources_say_of_themselves_tells_nothing():
    one = a_text(f"Canada today said this.\n{STATEMENT}")
    other = from_another_source(f"Japan published the following.\n{STATEMENT}")
    assert verdict(one, other) is Verdict.JOINS


def test_a_long_heading_with_another_country_at_one_address_is_another_release():
    ghana = "Ghana: roads are flooded, bridges closed, and many villages north of Tamale cut off"
    chad = "Visitors who must cross Chad should carry water, fuel, spare tyres plus two telephones"
    assert verdict(a_text(f"{ghana}\n{STATEMENT}"), a_text(f"{chad}\n{STATEMENT}")) is Verdict.APART


def test_a_month_is_not_another_one_mistyped():
    june = notice("16.4.2025", "16. Juni 2025")
    july = notice("16.4.2025", "16. Juli 2025", canonical_url=ELSEWHERE)
    assert verdict(june, july) is Verdict.APART


def test_what_a_site_puts_behind_its_titles_makes_no_siblings():
    other = a_text(title="Statement on the elections | Press", canonical_url=ELSEWHERE)
    assert verdict(a_text(title="Statement on the elections | News"), other) is Verdict.SAME


@pytest.mark.parametrize("days", [0, 30])
def test_a_text_posted_again_is_one_release(days):
    again = a_text(canonical_url=ELSEWHERE, published_at=DAY + timedelta(days=days))
    assert verdict(a_text(), again) is Verdict.SAME


def groups(*names):
    return tuple(frozenset(a_key(name) for name in group) for group in names)


def texts(names):
    return [a_key(name) for name in names]


def test_texts_without_likenesses_stand_alone():
    assert partition(texts("ab"), []) == Partition(
        releases=groups("a", "b"), stories=groups("a", "b")
    )


def test_the_same_texts_make_one_release_and_one_story():
    assert partition(texts("abc"), [a_likeness("a", "b"), a_likeness("b", "c")]) == Partition(
        releases=groups("abc"), stories=groups("abc")
    )


@pytest.mark.parametrize("bond", [Verdict.JOINS, Verdict.TRANSLATION])
def test_texts_that_join_or_translate_make_one_story_of_several_releases(bond):
    edges = [a_likeness("a", "b"), a_likeness("b", "c", bond)]
    assert partition(texts("abc"), edges) == Partition(
        releases=groups("ab", "c"), stories=groups("abc")
    )


def test_texts_that_are_apart_are_never_united():
    edges = [a_likeness("a", "b"), a_likeness("b", "c", strength=0.9)]
    edges += [a_likeness("a", "c", Verdict.APART)]
    assert partition(texts("abc"), edges).releases == groups("ab", "c")


def test_what_is_apart_stays_apart_in_stories_too():
    edges = [a_likeness("a", "b", Verdict.JOINS), a_likeness("a", "b", Verdict.APART)]
    assert partition(texts("ab"), edges).stories == groups("a", "b")


def test_stronger_likenesses_are_joined_first():
    edges = [a_likeness("a", "b", strength=0.8), a_likeness("b", "c", strength=0.9)]
    edges += [a_likeness("a", "c", Verdict.APART)]
    assert partition(texts("abc"), edges).releases == groups("a", "bc")


def test_ties_are_decided_by_the_keys_of_the_texts():
    edges = [a_likeness("b", "c"), a_likeness("a", "b"), a_likeness("a", "c", Verdict.APART)]
    assert partition(texts("abc"), edges).releases == groups("ab", "c")


def test_a_strong_story_does_not_tear_a_release():
    edges = [a_likeness("a", "b", strength=0.7), a_likeness("b", "c", Verdict.JOINS)]
    edges += [a_likeness("a", "c", Verdict.APART)]
    assert partition(texts("abc"), edges) == Partition(
        releases=groups("ab", "c"), stories=groups("ab", "c")
    )


def test_likenesses_of_other_texts_are_passed_over():
    assert partition(texts("a"), [a_likeness("a", "z")]).stories == groups("a")


def by_person(one, other, verdict=Verdict.JOINS):
    return a_likeness(one, other, verdict, strength=1.0, method="person")


def test_what_a_person_joins_is_one_story_though_it_was_found_apart():
    edges = [a_likeness("a", "b", Verdict.APART), by_person("b", "c")]
    edges += [a_likeness("b", "c", Verdict.APART)]
    assert partition(texts("abc"), edges) == Partition(
        releases=groups("a", "b", "c"), stories=groups("a", "bc")
    )


def test_what_a_person_splits_is_two_stories_though_it_was_found_alike():
    edges = [a_likeness("a", "b", Verdict.JOINS), a_likeness("b", "c", Verdict.JOINS)]
    edges += [by_person("a", "c", Verdict.APART)]
    assert partition(texts("abc"), edges).stories == groups("ab", "c")


def test_a_join_by_a_person_takes_along_the_copies_of_both():
    edges = [a_likeness("a", "b", Verdict.JOINS), a_likeness("c", "d", Verdict.JOINS)]
    edges += [a_likeness(one, other, Verdict.APART) for one in "ab" for other in "cd"]
    edges += [by_person("a", "c")]
    assert partition(texts("abcd"), edges).stories == groups("abcd")


def test_no_likeness_leads_around_what_a_person_split():
    edges = [by_person("a", "b"), by_person("b", "c", Verdict.APART)]
    edges += [a_likeness("a", "c", Verdict.JOINS)]
    assert partition(texts("abc"), edges).stories == groups("ab", "c")


def test_a_release_is_not_torn_by_what_a_person_says_of_stories():
    edges = [a_likeness("a", "b", strength=0.6), by_person("a", "c", Verdict.APART)]
    edges += [a_likeness("b", "c", Verdict.JOINS)]
    assert partition(texts("abc"), edges) == Partition(
        releases=groups("ab", "c"), stories=groups("ab", "c")
    )
