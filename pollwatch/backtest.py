"""What would an edit of the keywords change in everything that is stored? Counted and listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.topic import Keyword

if TYPE_CHECKING:
    from analysis.keywords import Edit, Term
    from scheduler.rejudging import Changed, Compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that an edit touched, and how many of the releases that turned hold it."""

    sign: str
    """``+`` for a new line, ``-`` for one that is gone, ``~`` for one with other options."""
    keyword: Keyword
    newly_in: int
    no_longer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """Everything that would change, each release once a topic."""

    texts: int
    """How many stored texts other rules judged, and were compared."""
    matched: int
    """How many releases match by them now."""
    newly_in: tuple[Changed, ...]
    no_longer: tuple[Changed, ...]
    lines: tuple[Line, ...]
    """Every line that differs, by file and line."""
    knows_lines: bool
    """False where another version of the program judged some texts, or nobody knows which rules."""

    @property
    def share(self) -> float:
        """What part of the matches would come or go: 0.05 for one in twenty."""
        turned = len(self.newly_in) + len(self.no_longer)
        return turned / self.matched if self.matched else float(turned > 0)

    def by(self, name: str) -> Mapping[str, tuple[int, int]]:
        """How many would newly match and no longer match, by ``language`` or ``source_id``."""
        newly = Counter(str(getattr(one, name) or "none") for one in self.newly_in)
        gone = Counter(str(getattr(one, name) or "none") for one in self.no_longer)
        return {key: (newly[key], gone[key]) for key in sorted(newly | gone)}


def backtest(compared: Iterable[Compared], edits: Sequence[Edit | None]) -> Backtest:
    """The whole, from its portions and from the edits since the rules that judged them."""
    texts = matched = 0
    changed: dict[tuple[str, str], Changed] = {}
    for portion in compared:
        texts += portion.texts
        matched += portion.matched
        changed |= {(one.release_id, one.topic): one for one in portion.changed}
    newly_in = tuple(one for one in changed.values() if one.is_in)
    no_longer = tuple(one for one in changed.values() if not one.is_in)
    newly, gone = (
        Counter(t for one in turned for t in one.lines) for turned in (newly_in, no_longer)
    )
    lines = [
        Line(sign=sign, keyword=keyword, newly_in=newly[term], no_longer=gone[term])
        for term, (sign, keyword) in _touched(edits).items()
    ]
    return Backtest(
        texts=texts,
        matched=matched,
        newly_in=newly_in,
        no_longer=no_longer,
        knows_lines=None not in edits,
        lines=tuple(sorted(lines, key=lambda line: (line.keyword.file, line.keyword.line))),
    )


def page(found: Backtest) -> str:
    """The whole as one HTML page that loads nothing."""
    from pollwatch.pages import page as rendered

    return rendered("backtest.html", found=found)


def _touched(edits: Sequence[Edit | None]) -> dict[Term, tuple[str, Keyword]]:
    touched: dict[Term, tuple[str, Keyword]] = {}
    for edit in edits:
        if edit is not None:
            for sign, lines in (("+", edit.added), ("-", edit.removed), ("~", edit.altered)):
                touched |= {term: (sign, keyword) for term, keyword in lines.items()}
    return touched
