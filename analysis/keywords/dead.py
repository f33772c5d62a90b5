"""Which keywords might as well not be there?

A term is tried on what it was written for: itself, as it stands and with its stars grown, its words
side by side and as far apart as it allows. Nothing but the matcher itself is asked, so folding,
clitics and scripts without spaces count as they do in real texts. Dead is a term

* that is *covered*: another of the same kind and language, asking for no more and weighing no less,
  is found wherever it is;
* that is *never* found: folded, its text holds it no more;
* that is *trapped*: a trap hides it wherever it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from analysis.fold import fold
from analysis.keywords.finding import Automaton, Found
from analysis.keywords.judging import Traps
from analysis.keywords.passage import Passage
from analysis.keywords.terms import Pattern, Word, parse_term
from analysis.words import count_words
from domain.reading import HitKind
from domain.topic import Keyword, Topic

GROWN = "qx"
"""What a star stands for in a trial: letters that no word of any file begins or ends with."""
FILLING = "qxq"


Trials = Sequence[Sequence[Found]]
"""What was found in each text that a term was tried on."""


class Death(StrEnum):
    """What makes a term dead."""

    COVERED = "covered"
    NEVER = "never"
    TRAPPED = "trapped"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadTerm:
    """A keyword that changes nothing, and the one that makes it so."""

    topic: str
    keyword: Keyword
    death: Death
    by: Keyword | None
    """None where no other keyword is to blame."""


def dead_terms(topics: Sequence[Topic]) -> tuple[DeadTerm, ...]:
    """All dead terms, in the order of the topics' keywords.

    >>> def strong(term): return Keyword(term=term, kind=HitKind.STRONG, language="de")
    >>> elections = Topic(
    ...     id="elections", title="Elections", threshold=1, window=12, title_weight=1,
    ...     lead_weight=1, keywords=(strong("Wahl*"), strong("Wahlkampf")),
    ... )
    >>> [(dead.keyword.term, dead.by.term) for dead in dead_terms([elections])]
    [('Wahlkampf', 'Wahl*')]
    """
    return tuple(dead for topic in topics for dead in _dead_in(topic))


def _dead_in(topic: Topic) -> Iterator[DeadTerm]:
    for language, group in groupby(topic.keywords, key=lambda keyword: keyword.language):
        keywords = tuple(group)
        automaton = Automaton(
            ((topic.id, keyword) for keyword in keywords), language=language, folding=language
        )
        trials = {keyword: _trials(keyword, automaton, language) for keyword in keywords}
        covering = {keyword: _covering(keyword, trials[keyword]) for keyword in keywords}
        for keyword in keywords:
            if death := _death(keyword, trials[keyword], covering):
                yield DeadTerm(topic=topic.id, keyword=keyword, death=death[0], by=death[1])


def _death(
    keyword: Keyword, trials: Trials, covering: Mapping[Keyword, Sequence[Keyword]]
) -> tuple[Death, Keyword | None] | None:
    for other in covering[keyword]:
        # Of two that cover each other the first stays.
        if keyword not in covering[other] or other.line < keyword.line:
            return Death.COVERED, other
    if not any(found.keyword == keyword for trial in trials for found in trial):
        return Death.NEVER, None
    traps = [_trap_over(keyword, trial) for trial in trials]
    return (Death.TRAPPED, traps[0]) if all(traps) else None


def _trials(keyword: Keyword, automaton: Automaton, language: str) -> Trials:
    """What is found where a keyword is; all that is found in its stead where it never is."""
    texts = dict.fromkeys(_written_for(parse_term(keyword.term)))
    passages = [Passage("", text, language=language, languages=(language,)) for text in texts]
    trials = [automaton.find(passage) for passage in passages]
    own = [trial for trial in trials if any(found.keyword == keyword for found in trial)]
    return own or trials


def _written_for(pattern: Pattern) -> Iterator[str]:
    """Texts that a term was written for, as tight and as wide as it allows."""
    grown = [_word(word, is_grown=True) for word in pattern.words]
    orders = [[_word(word, is_grown=False) for word in pattern.words], grown]
    if pattern.within is not None:
        room = pattern.within + 1 - count_words(fold(" ".join(grown), None).text)
        filling = [FILLING] * room
        turned = grown[::-1]
        orders += [[*turned[:gap], *filling, *turned[gap:]] for gap in range(1, len(grown))]
    for words in orders:
        # Texts from everywhere come composed.
        text = unicodedata.normalize("NFC", " ".join(words))
        yield f"“{text}”" if pattern.is_quoted else text


def _word(word: Word, *, is_grown: bool) -> str:
    before = GROWN if is_grown and word.any_before else ""
    behind = GROWN if is_grown and word.any_after else ""
    return before + word.text + behind


def _covering(keyword: Keyword, trials: Trials) -> list[Keyword]:
    """What is found wherever a keyword is, and does as much, in order of their lines."""
    everywhere = set.intersection(*(_beside(keyword, trial) for trial in trials))
    doing = (other for other in everywhere if other != keyword and _does_as_much(other, keyword))
    return sorted(doing, key=lambda other: other.line)


def _beside(keyword: Keyword, trial: Sequence[Found]) -> set[Keyword]:
    """What is found where a keyword is; a trap only where it hides as much."""
    if keyword.kind is not HitKind.TRAP:
        return {found.keyword for found in trial}
    own = [found.span for found in trial if found.keyword == keyword]
    return {
        found.keyword
        for found in trial
        if all(found.span[0] <= start and end <= found.span[1] for start, end in own)
    }


def _does_as_much(other: Keyword, keyword: Keyword) -> bool:
    return (
        other.kind is keyword.kind
        and other.weight >= keyword.weight
        and (keyword.beside or not other.beside)
        and (keyword.only_title or not other.only_title)
        and (keyword.only_title or keyword.only_lead or not other.only_lead)
    )


def _trap_over(keyword: Keyword, trial: Sequence[Found]) -> Keyword | None:
    """The trap that hides a keyword in one trial."""
    own = [found for found in trial if found.keyword == keyword]
    traps = [found for found in trial if found.keyword.kind is HitKind.TRAP]
    hidden = [trap for trap in traps if own and all(Traps([trap]).cover(found) for found in own)]
    is_trap = keyword.kind is HitKind.TRAP
    return hidden[0].keyword if hidden and not is_trap else None
