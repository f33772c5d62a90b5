"""What does it cost to look for all keywords of a language, beside folding the text?

CPU time on one core; texts are folded first, and read in their own language alone. Printed for each
language: microseconds a text, the ratio of matching to folding, and what a second topic of as many
other words adds. Texts are those of the labelled set where it is present, else pages of 2 500
letters in which one sentence is about elections.

    make bench
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import process_time
from typing import TypeVar

from analysis.fold import fold
from analysis.keywords import Keywords, Passage, compile_topics
from domain.topic import Keyword, Topic
from pollwatch.loading import load

ROUNDS = 7
FILLING = "qoxu zevi ralom tiphan wuk ebol, sadner qip.\n" * 30
WORD_BEGINS = re.compile(r"(?<!\S)(\W*)(\w)")

T = TypeVar("T")

Page = tuple[str, str]


class Ready(Passage):
    """A text folded already, in its own language and no other."""

    def __init__(self, page: Page, language: str) -> None:
        super().__init__(*page, language=language, languages=(language,))


def pages(topic: Topic) -> Mapping[str, list[Page]]:
    """Texts by language."""
    found: defaultdict[str, list[Page]] = defaultdict(list)
    labelled = Path(os.environ.get("POLLWATCH_TESTDATA", "/nowhere")) / "real" / "texts.jsonl"
    if labelled.is_file():
        for line in labelled.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[row["lang"]].append((row["title"], row["text"]))
        return found
    for example in topic.examples:
        found[example.language].append(("", f"{FILLING}{example.text} {FILLING}"))
    return found


def other(keyword: Keyword) -> Keyword:
    """A keyword like another, of words that no text holds."""
    return replace(keyword, term=WORD_BEGINS.sub(r"\1q\2", keyword.term))


def folding_of(texts: Sequence[Page], language: str) -> float:
    """CPU seconds of folding all texts, as they are folded to be read."""
    return least(lambda: texts, lambda page: fold("\0".join(page), language))


def matching_of(texts: Sequence[Page], language: str, keywords: Keywords) -> float:
    """CPU seconds of judging all texts once they are folded."""
    return least(lambda: [Ready(page, language) for page in texts], keywords.match_in)


def least(prepare: Callable[[], Sequence[T]], work: Callable[[T], object]) -> float:
    """The least of several rounds: whatever else the machine does only adds."""
    rounds = []
    for _ in range(ROUNDS):
        prepared = prepare()
        began = process_time()
        for one in prepared:
            work(one)
        rounds.append(process_time() - began)
    return min(rounds)


def main() -> None:
    topics = load(None, environ={"POLLWATCH_SOURCES__SHIPPED": "false"}).topics
    elections = next(topic for topic in topics if topic.id == "elections")
    more = replace(elections, id="other", keywords=tuple(map(other, elections.keywords)))
    once, twice = compile_topics([elections]), compile_topics([elections, more])
    print(f"{len(elections.keywords):,} keywords")
    ratios, growths = [], []
    for language, texts in sorted(pages(elections).items()):
        folding = folding_of(texts, language)
        matching = matching_of(texts, language, once)
        ratios.append(matching / folding)
        growths.append(matching_of(texts, language, twice) / matching - 1)
        each = 1_000_000 / len(texts)
        print(
            f"{language:4} {len(texts):4} texts  folding {folding * each:6.0f} us  "
            f"matching {matching * each:6.0f} us  ratio {ratios[-1]:5.2f}  "
            f"twice the keywords {growths[-1]:+6.1%}"
        )
    print(f"matching / folding: {median(ratios):.2f} (median of languages)")
    print(f"twice the keywords: {median(growths):+.1%} (median of languages)")


if __name__ == "__main__":
    main()
