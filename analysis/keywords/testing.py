"""Do keyword files do what their own examples and forms ask of them?

An example is judged as a title in the language of its file. A form of a head word is a title of its
own, and asks for less: some word that could count finds it, and no trap hides that word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.keywords.compiled import compile_topics
from analysis.keywords.explaining import Explanation, Finding
from analysis.keywords.finding import Automaton
from analysis.keywords.judging import SCORING, Traps
from analysis.keywords.passage import Passage
from domain.reading import HitKind
from domain.topic import Example, Forms, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A sentence or a form of which a topic makes something else than its file says."""

    topic: str
    asked: Example | Forms
    text: str
    reason: str


def failing_examples(topics: Sequence[Topic]) -> tuple[Failure, ...]:
    """The examples that are judged otherwise than their files say, with the reason.

    >>> example = Example(language="de", text="Die Wahl", is_match=True)
    >>> elections = Topic(
    ...     id="elections", title="Elections", threshold=1, window=12, title_weight=1,
    ...     lead_weight=1, keywords=(), examples=(example,),
    ... )
    >>> [failure.reason for failure in failing_examples([elections])]
    ['should be in; no keyword is found']
    """
    return tuple(failure for topic in topics for failure in _examples_of(topic))


def failing_forms(topics: Sequence[Topic]) -> tuple[Failure, ...]:
    """The forms of head words that no keyword of their language finds, or only under a trap."""
    return tuple(failure for topic in topics for failure in _forms_of(topic))


def _examples_of(topic: Topic) -> Iterator[Failure]:
    rules = compile_topics([topic])
    for example in topic.examples:
        (explanation,) = rules.explain(example.text, "", example.language)
        if explanation.match.is_match is not example.is_match:
            reason = _unlike(explanation, example)
            yield Failure(topic=topic.id, asked=example, text=example.text, reason=reason)


def _unlike(explanation: Explanation, example: Example) -> str:
    wanted = "in" if example.is_match else "out"
    # Of what should be in, whatever failed tells why it is out; otherwise, whatever scored.
    telling = [one for one in explanation.findings if example.is_match or one.score]
    said = "; ".join(dict.fromkeys(map(_said, telling)))
    return f"should be {wanted}; {said or 'no keyword is found'}"


def _said(finding: Finding) -> str:
    keyword = finding.keyword
    return f"{keyword.kind} '{keyword.term}' (line {keyword.line}) {finding.reason}"


def _forms_of(topic: Topic) -> Iterator[Failure]:
    for language in dict.fromkeys(forms.language for forms in topic.forms):
        own = [(topic.id, keyword) for keyword in topic.keywords if keyword.language == language]
        automaton = Automaton(own, language=language, folding=language)
        for forms in topic.forms:
            if forms.language != language:
                continue
            for form in forms.forms:
                reason = _unfound(automaton, form, language=language)
                if reason:
                    yield Failure(topic=topic.id, asked=forms, text=form, reason=reason)


def _unfound(automaton: Automaton, form: str, *, language: str) -> str:
    """Why a form is not found; empty where it is."""
    found = automaton.find(Passage(form, "", language=language, languages=(language,)))
    bearing = [each for each in found if each.keyword.kind in SCORING]
    traps = [each for each in found if each.keyword.kind is HitKind.TRAP]
    if any(not Traps(traps).cover(each) for each in bearing):
        return ""
    if not bearing:
        return "no strong, weak or sham keyword finds it"
    hiding = next(trap for trap in traps if Traps([trap]).cover(bearing[0]))
    return f"the trap '{hiding.keyword.term}' (line {hiding.keyword.line}) hides it"
