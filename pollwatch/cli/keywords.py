"""pollwatch keywords: what the keyword files say, and what they do."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from digest.plain import counted, one_line
from pollwatch.cli.exits import Exit
from pollwatch.cli.explaining import Explained, explained_lines, explained_record, term_place
from pollwatch.cli.options import common, given, house, said_options
from pollwatch.cli.printing import all_well, data, record, talk
from pollwatch.cli.rejudging import apply, backtest

if TYPE_CHECKING:
    from analysis.keywords import DeadTerm, Failure
    from domain.topic import Keyword, Topic


@click.group()
@common
def keywords() -> None:
    """Check, try and explain the keyword files."""


keywords.add_command(backtest)
keywords.add_command(apply)


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
    other = f"'{dead.by.term}' {_place(dead.by, seen_from=keyword.file)}" if dead.by else ""
    reason = {
        "covered": f"is found only where {other} is; take one of them away",
        "never": "can never be found; look at its spelling, and write each word once",
        "trapped": f"never counts, for the trap {other} hides it; take one of them away",
    }[dead.death]
    return f"{keyword.file}:{keyword.line}: '{keyword.term}' ({keyword.kind}) {reason}"


def _place(keyword: Keyword, *, seen_from: str) -> str:
    where = f"line {keyword.line}"
    return f"in {where}" if keyword.file == seen_from else f"in {where} of {keyword.file}"


def _dead_record(dead: DeadTerm) -> dict[str, object]:
    return {
        "topic": dead.topic,
        "language": dead.keyword.language,
        "kind": dead.keyword.kind,
        **term_place(dead.keyword),
        "reason": dead.death,
        "by": term_place(dead.by) if dead.by else None,
    }


@keywords.command(
    short_help="Judge the examples of the keyword files.",
    epilog="\b\nExample:\n  pollwatch keywords test --forms\n",
)
@click.option("--forms", is_flag=True, help="Try every form of the head words too.")
@common
def test(*, forms: bool) -> Exit:
    """Judge each example of the keyword files, and name those that come out otherwise.

    An example is read as a title, in the language of its file. With --forms each form of a head
    word must be found by a strong, weak or sham keyword of its language that no trap hides. Exits 1
    where something fails.
    """
    from analysis.keywords import failing_examples, failing_forms
    from pollwatch.wiring import configured

    topics = configured(said_options()).topics
    failures = failing_examples(topics) + (failing_forms(topics) if forms else ())
    if given().json:
        for failure in failures:
            record(_failure_record(failure))
    else:
        for failure in failures:
            data(one_line(_failure_line(failure)))
    said = _tried(topics, with_forms=forms)
    if failures:
        talk(f"{len(failures):,} of {said} fail.")
    elif not given().json:
        all_well(f"All is well with {said}.")
    return Exit.LOOK if failures else Exit.DONE


def _tried(topics: tuple[Topic, ...], *, with_forms: bool) -> str:
    examples = counted(sum(len(topic.examples) for topic in topics), "example")
    if not with_forms:
        return examples
    forms = sum(len(one.forms) for topic in topics for one in topic.forms)
    return f"{examples} and {counted(forms, 'form')}"


def _failure_line(failure: Failure) -> str:
    return f"{failure.asked.file}:{failure.asked.line}: '{failure.text}' {failure.reason}"


def _failure_record(failure: Failure) -> dict[str, object]:
    return {
        "topic": failure.topic,
        "language": failure.asked.language,
        "text": failure.text,
        "file": failure.asked.file,
        "line": failure.asked.line,
        "reason": failure.reason,
    }


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
        record(explained_record(explained))
    else:
        data("\n".join(explained_lines(explained)))
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
    from analysis.boilerplate import stretches
    from analysis.keywords import compile_topics
    from domain.urls import is_web_address

    is_address = is_web_address(subject)
    with house() as wired:
        store = wired.store
        release = store.release_at(subject) if is_address else store.release(subject)
        topics = wired.config.topics
        boilerplate = store.judgements.boilerplate()
    if release is None:
        what = "from the address" if is_address else "with the id"
        talk(one_line(f"pollwatch: no release {what} '{subject}' is stored"))
        return None
    rules = compile_topics(topics)
    return Explained(
        title=release.title,
        text=release.text,
        language=release.language,
        explanations=rules.explain(
            release.title,
            release.text,
            release.language,
            boilerplate=stretches(release.text, boilerplate.get(release.source_id, ())),
        ),
        stored=release,
    )
