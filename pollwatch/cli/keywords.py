"""pollwatch keywords: what the keyword files say, and what they do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from digest.plain import counted, one_line
from pollwatch.cli.exits import Exit
from pollwatch.cli.options import common, given, house, said_options
from pollwatch.cli.printing import all_well, data, record, talk, wrapped

if TYPE_CHECKING:
    from analysis.keywords import DeadTerm, Explanation, Finding
    from domain.story import StoredRelease
    from domain.topic import Keyword, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A text, and what each topic makes of it."""

    title: str
    text: str
    language: str | None
    explanations: tuple[Explanation, ...]
    stored: StoredRelease | None
    """Where it was stored, with the judgement of that day."""


@click.group()
@common
def keywords() -> None:
    """What the keyword files say, and what they do."""


@keywords.command(
    short_help="Name every mistake and every dead term.",
    epilog="\b\nExample:\n  pollwatch keywords check --config ./config\n",
)
@common
def check() -> Exit:
    """Name every mistake in the keyword files, and every term that might as well not be there.

    Such a term is found only where another of its kind and language is, or never, or a trap hides
    it wherever it stands. Exits 1 where there are some, 2 where there are mistakes.
    """
    from analysis.keywords import dead_terms
    from pollwatch.wiring import configured

    topics = configured(said_options()).topics
    found = dead_terms(topics)
    for dead in found:
        if given().json:
            record(_dead_record(dead))
        else:
            data(one_line(_dead_line(dead)))
    if not found and not given().json:
        all_well(f"No mistake and no dead term among {_all_of(topics)}.")
    return Exit.LOOK if found else Exit.DONE


def _all_of(topics: tuple[Topic, ...]) -> str:
    return counted(sum(len(topic.keywords) for topic in topics), "keyword")


def _dead_line(dead: DeadTerm) -> str:
    keyword = dead.keyword
    other = f"'{dead.by.term}' in line {dead.by.line}" if dead.by else ""
    reason = {
        "covered": f"is found only where {other} is; take one of them away",
        "never": "can never be found; look at its spelling, and write each word once",
        "trapped": f"never counts, for the trap {other} hides it; take one of them away",
    }[dead.death]
    return f"{keyword.file}:{keyword.line}: '{keyword.term}' ({keyword.kind}) {reason}"


def _dead_record(dead: DeadTerm) -> dict[str, object]:
    return {
        "topic": dead.topic,
        "language": dead.keyword.language,
        "kind": dead.keyword.kind,
        **_place(dead.keyword),
        "reason": dead.death,
        "by": _place(dead.by) if dead.by else None,
    }


def _place(keyword: Keyword) -> dict[str, object]:
    return {"term": keyword.term, "file": keyword.file, "line": keyword.line}


@keywords.command(
    short_help="Say why a text is in or out.",
    epilog="\b\nExamples:\n"
    "  pollwatch keywords explain r2k4m7p9\n"
    "  pollwatch keywords explain https://ministry.example/statement\n"
    "  echo 'Runoff on Sunday' | pollwatch keywords explain -\n",
)
@click.argument("subject", metavar="URL|ID|-")
@common
def explain(*, subject: str) -> Exit:
    """Show a text with every keyword in it, and say why it is in or out.

    A stored release by its id or an address of its own; or, with -, what comes in: a JSON row, or
    plain text with its title in the first line. The keyword files judge as they are now.
    """
    explained = _explained_input() if subject == "-" else _explained_release(subject)
    if explained is None:
        return Exit.FAILED
    if given().json:
        record(_record(explained))
    else:
        data("\n".join(_page(explained)))
    return Exit.DONE


def _explained_input() -> Explained:
    from analysis.keywords import compile_topics
    from analysis.language import detect
    from pollwatch.rows.reading import text_of
    from pollwatch.wiring import configured

    rules = compile_topics(configured(said_options()).topics)
    title, text, declared = text_of(sys.stdin.buffer.read())
    language = detect(title, text, [declared])
    return Explained(
        title=title,
        text=text,
        language=language,
        explanations=rules.explain(title, text, language),
        stored=None,
    )


def _explained_release(subject: str) -> Explained | None:
    from analysis.keywords import compile_topics
    from domain.urls import is_web_address

    is_address = is_web_address(subject)
    with house() as wired:
        store = wired.store
        release = store.release_at(subject) if is_address else store.release(subject)
        topics = wired.config.topics
    if release is None:
        what = "from the address" if is_address else "with the id"
        talk(one_line(f"pollwatch: no release {what} '{subject}' is stored"))
        return None
    rules = compile_topics(topics)
    return Explained(
        title=release.title,
        text=release.text,
        language=release.language,
        explanations=rules.explain(release.title, release.text, release.language),
        stored=release,
    )


def _page(explained: Explained) -> Iterator[str]:
    yield f"Read as {explained.language or 'no language that we know'}."
    for explanation in explained.explanations:
        yield ""
        yield from _judgement(explanation, explained.stored)
        yield ""
        yield from _marked_text(explained, explanation)
        yield ""
        for number, finding in enumerate(explanation.findings, start=1):
            yield from _finding(number, finding)


def _judgement(explanation: Explanation, stored: StoredRelease | None) -> Iterator[str]:
    yield from wrapped(f"Topic {explanation.topic.id}. {explanation.verdict}")
    before = stored.match(explanation.topic.id) if stored else None
    if stored and (before.score if before else 0) != explanation.match.score:
        score = f"{before.score:g}" if before else "0"
        verdict = "in" if before and before.is_match else "out"
        yield f"Earlier keywords gave it a score of {score}, and it is stored as {verdict}."


def _marked_text(explained: Explained, explanation: Explanation) -> Iterator[str]:
    for part, words in (("title", explained.title), ("text", explained.text)):
        places = [
            (finding.hit.start, finding.hit.end, number)
            for number, finding in enumerate(explanation.findings, start=1)
            if finding.hit.where == part
        ]
        for paragraph in _marked(words, places).split("\n"):
            yield from (line.rstrip() for line in wrapped(paragraph, indent="  "))


def _marked(words: str, places: list[tuple[int, int, int]]) -> str:
    """Words in brackets with their numbers in front, wherever a keyword stands."""
    marks = [(start, 1, -end, f"[{number} ") for start, end, number in places]
    marks += [(end, 0, -start, "]") for start, end, _ in places]
    pieces, reached = [], 0
    for place, _, _, mark in sorted(marks):
        pieces += [words[reached:place], mark]
        reached = place
    return "".join([*pieces, words[reached:]])


def _finding(number: int, finding: Finding) -> Iterator[str]:
    keyword = finding.keyword
    place = f"{keyword.file}:{keyword.line}" if keyword.file else keyword.language
    said = f"{number} {keyword.kind} {keyword.term} ({place}): {finding.reason}"
    yield from wrapped(said, indent="  ")


def _record(explained: Explained) -> dict[str, object]:
    return {
        "release": explained.stored.id if explained.stored else None,
        "title": explained.title,
        "text": explained.text,
        "lang": explained.language,
        "topics": [_topic_record(explained, one) for one in explained.explanations],
    }


def _topic_record(explained: Explained, explanation: Explanation) -> dict[str, object]:
    return {
        "topic": explanation.topic.id,
        "relevant": explanation.match.is_match,
        "score": explanation.match.score,
        "threshold": explanation.topic.threshold,
        "verdict": explanation.verdict,
        "hits": [_finding_record(explained, one) for one in explanation.findings],
    }


def _finding_record(explained: Explained, finding: Finding) -> dict[str, object]:
    hit = finding.hit
    words = explained.title if hit.where == "title" else explained.text
    return {
        **_place(finding.keyword),
        "language": hit.language,
        "kind": hit.kind,
        "where": hit.where,
        "start": hit.start,
        "end": hit.end,
        "text": words[hit.start : hit.end],
        "counts": hit.counts,
        "score": finding.score,
        "reason": finding.reason,
    }
