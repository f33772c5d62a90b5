import pytest

from analysis.keywords import compile_topics
from domain.reading import HitKind, Part
from tests.unit.analysis.topics import a_keyword, a_topic, judged

ELECTION = a_keyword("election*")
VOTE = a_keyword("vote", HitKind.WEAK)
CONTEXT = a_keyword("parliament*", HitKind.CONTEXT)
TRAP = a_keyword("election to the Council", HitKind.TRAP)
FARCE = a_keyword("farce", HitKind.SHAM, beside=True)

LEAD = "The minister met his colleague in Vienna today and spoke about trade and energy."
FAR = " ".join(["word"] * 13)


def counting(match):
    return [hit.term for hit in match.hits if hit.counts]


def test_a_strong_word_in_the_title_is_enough():
    assert judged(a_topic(ELECTION), title="Election in Xanadu").is_match


def test_a_strong_word_in_the_first_paragraph_is_enough():
    assert judged(a_topic(ELECTION), text=f"The election, he said. {LEAD}").is_match


def test_a_strong_word_further_down_counts_half():
    match = judged(a_topic(ELECTION), text=f"{LEAD}\nThe election was mentioned.")
    assert (match.score, match.is_match) == (0.5, False)


def test_two_strong_words_further_down_are_enough():
    topic = a_topic(ELECTION, a_keyword("referendum"))
    assert judged(topic, text=f"{LEAD}\nThe election and the referendum.").is_match


def test_a_term_scores_once_however_often_it_stands():
    match = judged(a_topic(ELECTION), text=f"{LEAD}\nElection, elections, election.")
    assert (match.score, counting(match)) == (0.5, ["election*"])


def test_a_word_on_which_two_terms_agree_is_still_one_word():
    topic = a_topic(ELECTION, a_keyword("*lections"))
    assert judged(topic, text=f"{LEAD}\nThe elections.").score == 0.5


def test_weights_of_title_and_lead_are_the_topics_own():
    topic = a_topic(ELECTION, a_keyword("referendum"), title_weight=3, lead_weight=2)
    assert judged(topic, title="Election", text="Referendum").score == 5


def test_a_keyword_brings_its_own_weight():
    assert judged(a_topic(a_keyword("poll", weight=0.4)), title="Poll").score == 0.4


def test_a_score_at_the_threshold_matches_and_one_below_does_not():
    keywords = (ELECTION, a_keyword("referendum"))
    match = judged(a_topic(*keywords, threshold=2), title="Election, referendum")
    assert match.is_match
    assert not judged(a_topic(*keywords, threshold=2), title="Election").is_match


def test_a_weak_word_alone_counts_for_nothing():
    match = judged(a_topic(VOTE, CONTEXT), title="The vote")
    assert (match.score, counting(match)) == (0, [])


def test_a_weak_word_near_a_context_word_counts():
    match = judged(a_topic(VOTE, CONTEXT), title="The vote in parliament")
    assert (match.is_match, counting(match)) == (True, ["vote", "parliament*"])


def test_a_weak_word_near_a_strong_one_counts():
    topic = a_topic(VOTE, ELECTION, threshold=2)
    assert judged(topic, title="The vote and the election").is_match


def test_a_context_word_beyond_the_window_is_no_company():
    assert not judged(a_topic(VOTE, CONTEXT), title=f"Vote {FAR} parliament").is_match


@pytest.mark.parametrize(("between", "expected"), [(11, ["vote", "parliament*"]), (12, [])])
def test_in_a_book_words_are_counted_as_in_a_note(between, expected):
    book = "word " * 5_000
    match = judged(a_topic(VOTE, CONTEXT), text=f"{book}vote {'word ' * between}parliament {book}")
    assert counting(match) == expected


@pytest.mark.parametrize("end", ["", "\nThe end."])
def test_a_book_on_one_line_is_decided_by_the_sentence_that_says_most(end):
    said = "Vote in parliament on the election."
    match = judged(
        a_topic(ELECTION, VOTE, CONTEXT), text=f"{'An election came. ' * 2_000}{said}{end}"
    )
    assert (match.start, match.end) == (36_000, 36_035)


def test_the_window_is_the_topics_own():
    assert judged(a_topic(VOTE, CONTEXT, window=14), title=f"Vote {FAR} parliament").is_match


def test_a_word_is_no_company_to_itself():
    topic = a_topic(VOTE, a_keyword("vote*", HitKind.CONTEXT))
    assert not judged(topic, title="The vote").is_match


def test_a_context_word_alone_proves_nothing():
    match = judged(a_topic(CONTEXT), title="Parliament")
    assert (match.score, counting(match)) == (0, [])


def test_a_title_finds_its_context_in_the_lead():
    assert judged(a_topic(VOTE, CONTEXT), title="The vote", text="In parliament").is_match


def test_a_trap_masks_the_words_inside_it():
    match = judged(a_topic(ELECTION, TRAP), title="Election to the Council")
    assert (match.score, counting(match)) == (0, [])


def test_words_outside_a_trap_still_count():
    title = "Election to the Council, and a general election"
    assert judged(a_topic(ELECTION, TRAP), title=title).is_match


def test_a_phrase_that_needs_a_trapped_word_does_not_count():
    topic = a_topic(a_keyword("Council elections"), TRAP)
    assert not judged(topic, title="Election to the Council elections").is_match


def test_a_trap_masks_context_too():
    topic = a_topic(VOTE, CONTEXT, a_keyword("parliament building", HitKind.TRAP))
    assert not judged(topic, title="Vote in the parliament building").is_match


def test_a_word_of_nearness_inside_a_trap_does_not_count():
    topic = a_topic(a_keyword('"Xanadu election"~8'), TRAP)
    assert not judged(topic, title="Xanadu stands for election to the Council").is_match


def test_a_sham_word_counts_like_a_strong_one():
    assert judged(a_topic(a_keyword("sham", HitKind.SHAM)), title="A sham").is_match


def test_a_word_marked_beside_needs_a_strong_or_weak_one_near():
    assert judged(a_topic(FARCE, VOTE), title="The vote was a farce").is_match
    assert not judged(a_topic(FARCE, VOTE, CONTEXT), title="Parliament sees a farce").is_match


def test_a_word_for_titles_counts_only_there():
    topic = a_topic(a_keyword("election", only_title=True))
    assert judged(topic, title="Election").is_match
    assert judged(topic, text="Election").score == 0


def test_a_word_for_leads_counts_in_title_and_lead_only():
    topic = a_topic(a_keyword("election", only_lead=True))
    assert judged(topic, title="Election").is_match
    assert judged(topic, text="Election").is_match
    assert judged(topic, text=f"{LEAD}\nElection").score == 0


def test_a_short_line_in_front_does_not_use_up_the_lead():
    text = f"Vienna, 18 March 2024\nThe election was discussed. {LEAD}"
    assert judged(a_topic(ELECTION), text=text).is_match


def test_a_text_in_one_piece_is_not_all_lead():
    text = " ".join(["word"] * 130) + " election"
    assert judged(a_topic(ELECTION), text=text).score == 0.5


def test_hits_point_into_the_original_title_and_text():
    match = judged(a_topic(ELECTION), title="“ELECTION”", text="An\u00a0elec\u00adtion.")
    assert [(hit.where, hit.start, hit.end) for hit in match.hits] == [
        (Part.TITLE, 1, 9),
        (Part.TEXT, 3, 12),
    ]


def test_a_hit_says_which_line_of_which_file_found_it():
    (hit,) = judged(a_topic(ELECTION), title="Elections").hits
    assert (hit.term, hit.language, hit.kind) == ("election*", "en", HitKind.STRONG)


def test_no_phrase_reaches_from_the_title_into_the_text():
    keywords = compile_topics([a_topic(a_keyword("general election"))])
    assert keywords.match("The general", "election", "en") == ()


def test_no_nearness_reaches_from_the_title_into_the_text():
    keywords = compile_topics([a_topic(a_keyword('"general election"~5'))])
    assert keywords.match("The general", "election", "en") == ()


def sentence_of(match, *, title="", text=""):
    part = title if match.where is Part.TITLE else text
    return match.where, part[match.start : match.end]


def test_the_sentence_with_most_of_what_counts_decides():
    text = "The vote in parliament. We saw elections and a referendum. More elections came."
    match = judged(a_topic(ELECTION, VOTE, CONTEXT, a_keyword("referendum")), text=text)
    assert sentence_of(match, text=text) == (Part.TEXT, "We saw elections and a referendum.")


def test_of_equal_sentences_the_earlier_decides():
    text = "An election here. An election there."
    match = judged(a_topic(ELECTION), text=text)
    assert sentence_of(match, text=text) == (Part.TEXT, "An election here.")


def test_the_title_decides_where_only_it_has_such_words():
    match = judged(a_topic(ELECTION), title="Election in Xanadu", text="They met.")
    assert sentence_of(match, title="Election in Xanadu") == (Part.TITLE, "Election in Xanadu")


def test_what_a_trap_masks_decides_nothing():
    text = "Election to the Council. An election was held."
    match = judged(a_topic(ELECTION, TRAP), text=text)
    assert sentence_of(match, text=text) == (Part.TEXT, "An election was held.")


def test_where_nothing_counts_no_sentence_decides():
    match = judged(a_topic(VOTE), text="The vote.")
    assert (match.where, match.start, match.end) == (Part.TEXT, 0, 0)


@pytest.mark.parametrize("text", ["", "\0", "election\0election", "  ", "\u00ad"])
def test_odd_texts_are_judged_like_others(text):
    assert judged(a_topic(ELECTION), title="Election", text=text).is_match
