"""All topics made ready: which automaton reads which text?

A text is read by the keyword files of its language, of those that it may as well be in, of the near
families of these, and by those of ``any``; not by all: *val* is an election in one language and a
whale in another. Automata are made when a language is first met, and kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from hashlib import sha256
from itertools import chain

from analysis import fold
from analysis.keywords.explaining import Explanation, explain
from analysis.keywords.finding import Automaton, Found, in_order
from analysis.keywords.judging import judge
from analysis.keywords.passage import Passage
from analysis.language import READ, family
from domain.reading import Match
from domain.topic import Keyword, Topic

ANY = "any"
"""The file of what is written alike in all languages, and the language of a text without one."""

VERSION = 2
"""Changes when the same keywords would judge the same text otherwise."""


class Keywords:
    """Topics ready to judge texts."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._topics = {topic.id: topic for topic in topics}
        written = {keyword.language for topic in topics for keyword in topic.keywords}
        # Pages declare what they like: codes that nobody reads share one automaton.
        self._languages = READ | written
        self._automata: dict[tuple[str, str | None], Automaton] = {}

    @property
    def topics(self) -> Sequence[Topic]:
        """The topics as they were given."""
        return tuple(self._topics.values())

    @cached_property
    def rules(self) -> str:
        """A checksum of all that decides; line numbers and comments do not."""
        said = [_what_decides(topic) for topic in self._topics.values()]
        return sha256(repr((VERSION, fold.VERSION, said)).encode()).hexdigest()

    def match(self, title: str, text: str, language: str | None) -> tuple[Match, ...]:
        """A match for each topic that had at least one hit, in order of the topics."""
        return self.match_in(Passage(title, text, language=language))

    def match_in(self, passage: Passage) -> tuple[Match, ...]:
        """The same for a text that is folded already."""
        return tuple(
            judge(topic, places, passage) for topic, places in self._found_in(passage) if places
        )

    def explain(
        self,
        title: str,
        text: str,
        language: str | None,
        *,
        boilerplate: Sequence[tuple[int, int]] = (),
    ) -> tuple[Explanation, ...]:
        """Why each topic takes a text or leaves it out, also where it holds none of its words."""
        passage = Passage(title, text, language=language, boilerplate=boilerplate)
        return tuple(explain(topic, places, passage) for topic, places in self._found_in(passage))

    def _found_in(self, passage: Passage) -> Iterator[tuple[Topic, tuple[Found, ...]]]:
        """The keywords of each topic that a text holds, in order of the topics."""
        found: dict[str, list[Found]] = {topic: [] for topic in self._topics}
        for each in self._found_by_all(passage):
            found[each.topic].append(each)
        return ((self._topics[topic], tuple(places)) for topic, places in found.items())

    def _found_by_all(self, passage: Passage) -> Sequence[Found]:
        first, *others = (
            self._automaton(code, passage.folding).find(passage)
            for code in self.readers(passage.languages)
        )
        if not others:
            return first
        # The keywords of all languages are in every automaton.
        everywhere = {
            (each.topic, each.keyword, each.parts): each for each in chain(first, *others)
        }
        return in_order(everywhere.values())

    def _automaton(self, language: str, folding: str | None) -> Automaton:
        if (language, folding) not in self._automata:
            self._automata[language, folding] = Automaton(
                self.read_by(language), language=language, folding=folding
            )
        return self._automata[language, folding]

    def readers(self, languages: Sequence[str]) -> Sequence[str]:
        """Whose automata read a text that is read in these languages."""
        return [code for code in languages if code in self._languages] or [ANY]

    def read_by(self, language: str) -> Iterator[tuple[str, Keyword]]:
        """The keywords that texts of a language are read by, each with its topic."""
        for code in dict.fromkeys((*family(language), ANY)):
            for topic in self._topics.values():
                for keyword in topic.keywords:
                    if keyword.language == code:
                        yield topic.id, keyword


def compile_topics(topics: Sequence[Topic]) -> Keywords:
    """Topics ready to judge texts.

    >>> from domain.reading import HitKind
    >>> word = Keyword(term="Stichwahl", kind=HitKind.STRONG, language="de")
    >>> elections = Topic(
    ...     id="elections", title="Elections", threshold=1, window=12,
    ...     title_weight=1, lead_weight=1, keywords=(word,),
    ... )
    >>> [match.is_match for match in compile_topics([elections]).match("Zur Stichwahl", "", "de")]
    [True]
    """
    return Keywords(topics)


def _what_decides(topic: Topic) -> tuple[object, ...]:
    keywords = [keyword.rule for keyword in topic.keywords]
    weights = (topic.threshold, topic.window, topic.title_weight, topic.lead_weight)
    return topic.id, weights, keywords
