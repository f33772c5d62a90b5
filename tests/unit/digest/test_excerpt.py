"""The decisive sentence, its marked words, and the keywords that let a release in."""

from digest.excerpt import Piece, Reason, hit_words, reasons, sentence, title
from domain.reading import HitKind, Part
from tests.unit.digest.stories import (
    SENTENCE,
    TEXT,
    a_hit_on,
    a_match_on,
    a_stored_release,
    a_titled_release,
)


def plain(text):
    return Piece(text=text, is_hit=False)


def marked(text):
    return Piece(text=text, is_hit=True)


def test_the_decisive_sentence_is_cut_at_its_matched_words():
    release = a_stored_release()

    assert sentence(release, release.matches[0]) == (
        plain("The ministry does not recognise these "),
        marked("elections"),
        plain("."),
    )


def test_a_word_is_marked_although_it_counted_in_the_title_already():
    in_title = a_hit_on("elections", "On elections", where=Part.TITLE)
    repeated = a_hit_on("elections", TEXT, counts=False)
    match = a_match_on(SENTENCE, TEXT, in_title, repeated)

    assert marked("elections") in sentence(a_stored_release(), match)


def test_a_word_under_a_trap_is_not_marked():
    counted = a_hit_on("occupation", TEXT)
    trapped = a_hit_on("elections", TEXT, counts=False)
    elsewhere = a_hit_on("elections", TEXT, start=60, end=62)
    trap = a_hit_on("these elections", TEXT, kind=HitKind.TRAP, counts=False)
    match = a_match_on(SENTENCE, TEXT, counted, trapped, elsewhere, trap)

    assert sentence(a_stored_release(), match) == (plain(SENTENCE),)


def test_a_context_word_is_not_marked():
    weak = a_hit_on("elections", TEXT, kind=HitKind.WEAK)
    context = a_hit_on("ministry", TEXT, kind=HitKind.CONTEXT)
    match = a_match_on(SENTENCE, TEXT, weak, context)

    assert sentence(a_stored_release(), match)[0].text == "The ministry does not recognise these "


def test_hits_that_overlap_are_marked_once():
    short = a_hit_on("elections", TEXT)
    long = a_hit_on("these elections", TEXT)
    match = a_match_on(SENTENCE, TEXT, short, long)

    assert sentence(a_stored_release(), match)[1] == marked("these elections")


def near(*words, **changes):
    """A term of nearness, found in these words of the sentence."""
    parts = tuple((TEXT.index(word), TEXT.index(word) + len(word)) for word in words)
    bounds = {"start": parts[0][0], "end": parts[-1][1]}
    return a_hit_on(words[0], TEXT, **{"term": '"near"~9', "parts": parts} | bounds | changes)


def test_of_words_that_stand_apart_only_they_are_marked_and_not_what_is_between():
    match = a_match_on(SENTENCE, TEXT, near("recognise", "elections"))

    assert sentence(a_stored_release(), match) == (
        plain("The ministry does not "),
        marked("recognise"),
        plain(" these "),
        marked("elections"),
        plain("."),
    )


def test_words_that_follow_each_other_are_marked_as_one():
    match = a_match_on(SENTENCE, TEXT, near("not", "recognise"), a_hit_on("elections", TEXT))

    assert marked("not recognise") in sentence(a_stored_release(), match)


def test_a_trap_between_the_words_takes_no_mark_away():
    trap = a_hit_on("these", TEXT, kind=HitKind.TRAP, counts=False)
    match = a_match_on(SENTENCE, TEXT, near("recognise", "elections"), trap)

    assert marked("elections") in sentence(a_stored_release(), match)


def test_the_words_of_a_deciding_title_are_marked_in_it_and_no_sentence_is_shown():
    release = a_titled_release("Elections without a choice")

    assert title(release, release.matches[0]) == (marked("Elections"), plain(" without a choice"))
    assert sentence(release, release.matches[0]) == ()


def test_a_title_that_does_not_decide_is_left_alone():
    release = a_stored_release(title="On elections")

    assert title(release, release.matches[0]) == (plain("On elections"),)


def test_a_sentence_without_end_is_shown_around_its_first_hit():
    text = "a" * 1000 + " elections " + "b" * 1000
    release = a_stored_release(text=text)
    match = a_match_on(text, text, a_hit_on("elections", text))

    assert sentence(release, match) == (
        plain("… "),
        plain("a" * 159 + " "),
        marked("elections"),
        plain(" " + "b" * 330),
        plain(" …"),
    )


def test_a_hit_beyond_what_is_shown_is_left_out():
    text = "elections " + "b" * 1000 + " vote"
    match = a_match_on(text, text, a_hit_on("elections", text), a_hit_on("vote", text))

    assert [piece.text for piece in sentence(a_stored_release(text=text), match)] == [
        "elections",
        " " + "b" * 490,
        " …",
    ]


def test_each_keyword_is_named_once_and_those_of_the_marked_words_come_first():
    first = a_hit_on("elections", TEXT)
    again = a_hit_on("elections", TEXT, start=90, end=99)
    in_title = a_hit_on("vote", "the vote", where=Part.TITLE, language="any")
    later = a_hit_on("neighbours", TEXT, language="uk")
    match = a_match_on(SENTENCE, TEXT, again, later, first, in_title)

    assert reasons(a_stored_release(), match) == (
        Reason(term="elections*", language="English", passage="paragraph 1"),
        Reason(term="vote*", language="any language", passage="title"),
        Reason(term="neighbours*", language="Ukrainian", passage="paragraph 2"),
    )


def test_a_hit_that_did_not_count_is_no_reason():
    match = a_match_on(SENTENCE, TEXT, a_hit_on("elections", TEXT, counts=False))

    assert reasons(a_stored_release(), match) == ()


def test_hit_words_are_those_of_the_release_in_small_letters():
    release = a_titled_release("Scheinwahlen in besetzten Gebieten")

    assert hit_words(release, release.matches[0]) == {"scheinwahlen"}
