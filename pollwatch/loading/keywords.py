"""Which terms does a keyword file hold, which examples, and which forms of its head words?

One term a line in literal blocks; comments after ``#``, options after ``|``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from analysis.keywords import check_term
from domain.reading import HitKind
from domain.topic import Example, Forms, Keyword
from pollwatch.loading.checking import Declared, check
from pollwatch.loading.documents import Document
from pollwatch.loading.files import LoadedFile
from pollwatch.loading.mistakes import Mistake, instead, nearest
from pollwatch.loading.plain_yaml import plain
from pollwatch.loading.values import Line, Several

BLOCKS = {
    "strong": HitKind.STRONG,
    "weak": HitKind.WEAK,
    "context": HitKind.CONTEXT,
    "sham": HitKind.SHAM,
    "traps": HitKind.TRAP,
}
FORMS = "forms"
COMMA = re.compile("[,،，、]")
"""As keyboards of several scripts have it."""
COMMENT = re.compile(r"(?<!\S)#")
OPTIONS = ("title", "lead", "weight", "beside")


def _shipped(written: object) -> object:
    if written != "shipped":
        raise ValueError(f"'{written}' cannot be extended; write 'shipped' instead")
    return written


class DeclaredExamples(Declared):
    """Texts that should match, and texts that should not."""

    inside: Several[Line] = Field(default=(), alias="in")
    outside: Several[Line] = Field(default=(), alias="out")


class DeclaredKeywords(Declared):
    """The keywords of one language in one topic."""

    extends: Annotated[str | None, BeforeValidator(_shipped)] = None
    # Of these the lines count, and only in a literal block.
    without: object = ""
    strong: object = ""
    weak: object = ""
    context: object = ""
    sham: object = ""
    traps: object = ""
    forms: object = ""
    examples: DeclaredExamples = DeclaredExamples()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordFile:
    """What one language adds to a topic."""

    keywords: tuple[Keyword, ...]
    examples: tuple[Example, ...]
    forms: tuple[Forms, ...]
    mistakes: tuple[Mistake, ...]


def read_keywords(file: LoadedFile, *, language: str) -> KeywordFile:
    """The keywords of a file, together with those of the shipped file that it extends."""
    own = _read(file.document, name=file.name, language=language)
    without, mistakes = _without(file)
    if file.beneath is None:
        return replace(own, mistakes=own.mistakes + mistakes)
    shipped = _read(file.beneath, name=f"shipped {file.name}", language=language)
    mistakes += _without_effect(without, shipped.keywords, document=file.document)
    changed = {(keyword.kind, keyword.term) for keyword in own.keywords}
    kept = tuple(
        keyword
        for keyword in shipped.keywords
        if keyword.term not in without and (keyword.kind, keyword.term) not in changed
    )
    return KeywordFile(
        keywords=kept + own.keywords,
        examples=shipped.examples + own.examples,
        forms=shipped.forms + own.forms,
        mistakes=own.mistakes + shipped.mistakes + mistakes,
    )


def _read(document: Document, *, name: str, language: str) -> KeywordFile:
    declared, mistakes = check(document, DeclaredKeywords)
    keywords: list[Keyword] = []
    found = list(mistakes)
    for block, kind in BLOCKS.items():
        for line, written in _lines(document, block):
            try:
                keywords.append(
                    _keyword(written, kind=kind, language=language, file=name, line=line)
                )
            except ValueError as error:
                found.append(Mistake(file=document.file, line=line, text=f"'{written}': {error}"))
    forms: list[Forms] = []
    for line, written in _lines(document, FORMS):
        try:
            forms.append(_forms(written, language=language, file=name, line=line))
        except ValueError as error:
            found.append(Mistake(file=document.file, line=line, text=f"'{written}': {error}"))
    found += _not_literal(document)
    return KeywordFile(
        keywords=tuple(keywords),
        examples=_examples(declared, document, name=name, language=language) if declared else (),
        forms=tuple(forms),
        mistakes=tuple(found),
    )


def _lines(document: Document, block: str) -> Iterator[tuple[int, str]]:
    """The lines of a block that hold a term, without comments, each with its number."""
    first = document.blocks.get((block,))
    if first is None:
        return
    for line, raw in enumerate(document.value[block].split("\n"), start=first):
        written = _without_comment(raw).strip()
        if written:
            yield line, written


def _without_comment(line: str) -> str:
    """A ``#`` begins a comment at the start of a line and after white space.

    >>> _without_comment("Wahl*   | weight 2   # not Auswahl"), _without_comment("C#")
    ('Wahl*   | weight 2   ', 'C#')
    """
    return COMMENT.split(line, maxsplit=1)[0] if "#" in line else line


def _not_literal(document: Document) -> Iterator[Mistake]:
    """Outside a literal block YAML joins lines and gives '#', '*' and quotes other meanings."""
    for block in (*BLOCKS, "without", FORMS):
        if block in document.value and (block,) not in document.blocks:
            thing = "head word" if block == FORMS else "term"
            text = f"{block}: write one {thing} a line under '{block}: |'"
            if isinstance(document.value[block], list):
                text += ", without dashes or brackets"
            yield document.mistake((block,), text)


def _keyword(written: str, *, kind: HitKind, language: str, file: str, line: int) -> Keyword:
    term, bar, options = written.partition("|")
    term = term.strip()
    check_term(term)
    if bar and kind is HitKind.TRAP and options.strip():
        raise ValueError("a trap takes no options; delete what follows '|'")
    fields = _options(options) if bar else {}
    return Keyword(term=term, kind=kind, language=language, file=file, line=line, **fields)


def _forms(written: str, *, language: str, file: str, line: int) -> Forms:
    label, colon, listed = (part.strip() for part in written.partition(":"))
    forms = tuple(form.strip() for form in COMMA.split(listed))
    if not (label and colon and all(forms)):
        raise ValueError(
            "forms stand behind the English name of their word, between commas; "
            "write for example 'election: Wahl, Wahlen'"
        )
    if sign := next((sign for sign in "*|=~" if sign in listed), None):
        raise ValueError(
            f"a form is a word as texts have it; take '{sign}' away, and write out all forms"
        )
    # One form often serves several cases.
    return Forms(
        label=label, forms=tuple(dict.fromkeys(forms)), language=language, file=file, line=line
    )


def _options(written: str) -> dict[str, Any]:
    """What stands after the bar, as fields of a keyword."""
    if not written.strip():
        raise ValueError("there are no options after '|'; write some, or delete the bar")
    found: dict[str, Any] = {}
    for option in filter(None, (part.strip() for part in written.split(","))):
        name, _, value = option.partition(" ")
        if name == "weight":
            found["weight"] = _weight(value.strip())
        elif option in ("title", "lead"):
            found[f"only_{option}"] = True
        elif option == "beside":
            found["beside"] = True
        else:
            raise ValueError(f"'{option}' is no option; {instead(name, OPTIONS)}")
    if found.get("only_title") and found.get("only_lead"):
        raise ValueError(
            "'title' and 'lead' exclude each other; lead means title or first paragraph"
        )
    return found


def _weight(written: str) -> float:
    weight = plain(written)
    if isinstance(weight, bool | str) or weight <= 0:
        raise ValueError(f"'weight {written}' has no number above 0; write for example weight 2")
    return float(weight)


def _without(file: LoadedFile) -> tuple[dict[str, int], tuple[Mistake, ...]]:
    """Terms to take away, with their lines."""
    document = file.document
    terms = {
        written.partition("|")[0].strip(): line for line, written in _lines(document, "without")
    }
    mistakes = []
    if document.value.get("extends") == "shipped" and file.beneath is None:
        text = "extends: there is no shipped file of this name; delete the line"
        mistakes.append(document.mistake(("extends",), text))
    if "without" in document.value and "extends" not in document.value:
        text = "without: takes away from nothing; write 'extends: shipped' above it"
        mistakes.append(document.mistake(("without",), text))
    return terms, tuple(mistakes)


def _without_effect(
    without: dict[str, int], shipped: tuple[Keyword, ...], *, document: Document
) -> tuple[Mistake, ...]:
    terms = {keyword.term for keyword in shipped}
    mistakes = []
    for term, line in without.items():
        if term not in terms:
            near = nearest(term, terms)
            mend = f"write '{near}' instead" if near else "delete the line"
            text = f"without: the shipped file holds no term '{term}'; {mend}"
            mistakes.append(Mistake(file=document.file, line=line, text=text))
    return tuple(mistakes)


def _examples(
    declared: DeclaredKeywords, document: Document, *, name: str, language: str
) -> tuple[Example, ...]:
    listed = (("in", declared.examples.inside), ("out", declared.examples.outside))
    return tuple(
        Example(
            language=language,
            text=text,
            is_match=side == "in",
            file=name,
            line=document.line_of(("examples", side, position)),
        )
        for side, texts in listed
        for position, text in enumerate(texts)
    )
