"""One text in two languages, and two texts that only speak of the same."""

from datetime import timedelta

import pytest

from analysis.dedup import compare
from domain.reading import Verdict
from domain.source import SourceId
from tests.unit.analysis.texts import DAY, a_text

ENGLISH = (
    "Belgium congratulates the President-elect of Ghana on the victory in the election of 3 March. "
    "The peaceful conduct of the vote shows the attachment of citizens to democracy.\n\n"
    "We hope to continue our cooperation in trade and security, and 120 observers took part."
)
FRENCH = (
    "La Belgique félicite le président élu du Ghana pour sa victoire à l'élection du 3 mars. Le "
    "déroulement pacifique du scrutin témoigne de l'attachement des citoyens à la démocratie.\n\n"
    "Nous espérons poursuivre notre coopération en matière de commerce et de sécurité, et 120 "
    "observateurs ont pris part."
)
JAPANESE = (
    "ベルギーは、3月3日の選挙における勝利について、ガーナの次期大統領に祝意を表する。"
    "平和的な投票は、国民の民主主義への支持を示している。\n\n"
    "貿易及び安全保障に関する協力を引き続き進めることを希望する。監視団は120名であった。"
)
COLUMN = (
    "Cette semaine, la ministre a visité une école et rencontré des citoyens. Elle a ouvert une "
    "conférence sur le commerce et la sécurité.\n\nLundi, elle reçoit un collègue d'Oslo."
)


def english(text=ENGLISH, **changes):
    return a_text(text, **changes)


def french(text=FRENCH, **changes):
    values = {"canonical_url": "https://economy.example/9", "title": "Élection", "language": "fr"}
    return a_text(text, **values | changes)


def verdict(one, other):
    likeness = compare(one, other)
    return likeness and likeness.verdict


def test_a_text_in_two_languages_of_one_source_is_a_translation():
    assert verdict(english(), french()) is Verdict.TRANSLATION


def test_a_text_in_two_languages_of_two_sources_is_a_translation():
    elsewhere = french(source_id=SourceId("yy_foreign"))
    assert verdict(english(), elsewhere) is Verdict.TRANSLATION


@pytest.mark.parametrize(
    "text", [JAPANESE, JAPANESE.replace("\n", "").replace("希望する。監視", "希望し、監視")]
)
def test_a_language_that_says_all_the_other_way_round_is_read_by_paragraphs_or_sentences(text):
    assert verdict(english(), french(text, language="ja")) is Verdict.TRANSLATION


def test_the_same_things_in_another_order_are_another_text():
    order = " ".join(reversed(FRENCH.replace("\n\n", " ").split(". ")))
    assert verdict(english(), french(order)) is None


def test_the_page_around_a_translation_does_not_matter():
    page = f"Accueil > Presse\n{FRENCH}\n\nContact\nTéléphone 00 00 00 00 00. Cookies. Plan."
    assert verdict(english(), french(page)) is Verdict.TRANSLATION


def test_a_translation_says_why():
    likeness = compare(english(), french())
    assert likeness.reason == "speak of the same 16 things in two languages, 97% of all they name"


@pytest.mark.parametrize(
    ("old", "new"), [("du Ghana", "de la Mongolie"), ("3 mars", "10 mars"), ("120", "85")]
)
def test_what_contradicts_in_one_thing_is_no_translation(old, new):
    assert verdict(english(), french(FRENCH.replace(old, new))) is None


def test_siblings_in_two_languages_are_apart():
    sibling = FRENCH.replace("du Ghana", "de la Mongolie").replace("3 mars", "10 mars")
    assert verdict(english(), french(sibling)) is Verdict.APART


@pytest.mark.parametrize(
    "other",
    [
        french(COLUMN),
        french(published_at=DAY + timedelta(days=6)),
        french(published_at=None),
        french(language=None),
        french(f"{FRENCH[:200]}…"),
        french(""),
        french(language="en"),
    ],
)
def test_what_does_not_belong_together_is_no_translation(other):
    assert verdict(english(), other) is None


SHORT_ENGLISH = (
    "The ambassador visited Ghana. Trade was discussed. A choir sang folk songs at dusk."
)
SHORT_FRENCH = "L'ambassadeur a visité le Ghana. On y parla vin, fromage, sel. Une chorale chanta."


def test_the_addresses_of_one_document_in_two_languages_say_much():
    one = english(SHORT_ENGLISH, canonical_url="https://economy.example/en/7")
    other = french(SHORT_FRENCH, canonical_url="https://economy.example/fr/7")
    assert verdict(one, other) is Verdict.TRANSLATION


def test_without_such_addresses_more_must_agree():
    assert verdict(english(SHORT_ENGLISH), french(SHORT_FRENCH)) is None
