"""Which texts hold these words?

The words of each text stand in ``findable``: an FTS5 table in SQLite, in PostgreSQL a column of
lexemes under a GIN index. Neither takes texts apart, stems or folds by itself. Both get the words
that our folding found, as a set, so the same search finds the same texts in both. The order of
words is in neither: PostgreSQL would forget it after 256 places of a word. Where it matters the
search looks at the texts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    case,
    column,
    delete,
    func,
    or_,
    select,
    text,
)

from domain.reading import Folded
from domain.search import Scope, Search, Sought, Term
from storage.readings import FoldedRow
from storage.schema import SourceRow, TextRow
from storage.writing import CHUNK, add, chunks

Fold = Callable[[str, str, str | None], Folded]
"""From title, text and language."""

INSERT = {
    "sqlite": text("INSERT INTO findable (rowid, words) VALUES (:id, :words)"),
    "postgresql": text(
        "INSERT INTO findable (text_id, words)"
        " VALUES (:id, array_to_tsvector(string_to_array(:words, ' ')))"
    ),
}
EMPTY = {
    "sqlite": text("INSERT INTO findable (findable) VALUES ('delete-all')"),
    "postgresql": text("DELETE FROM findable"),
}
FIND = {
    "sqlite": text("SELECT rowid AS text_id FROM findable WHERE findable MATCH :words"),
    "postgresql": text("SELECT text_id FROM findable WHERE words @@ CAST(:words AS tsquery)"),
}
UNFINDABLE = {
    "sqlite": text("SELECT count(*) FROM folded WHERE text_id NOT IN (SELECT rowid FROM findable)"),
    "postgresql": text(
        "SELECT count(*) FROM folded WHERE text_id NOT IN (SELECT text_id FROM findable)"
    ),
}
AND = {"sqlite": " AND ", "postgresql": " & "}
OR = {"sqlite": " OR ", "postgresql": " | "}
BEGINNING = {"sqlite": '"{}" *', "postgresql": "'{}':*"}
WHOLE = {"sqlite": '"{}"', "postgresql": "'{}'"}


def keep(connection: Connection, folded: Mapping[int, Folded]) -> None:
    """Let new texts be found."""
    rows = [
        {
            "text_id": text_id,
            "version": one.version,
            "languages": " ".join(one.languages),
            "text": one.text,
        }
        for text_id, one in folded.items()
    ]
    add(connection, FoldedRow, rows)
    findable = [
        {"id": text_id, "words": " ".join(sorted(one.words))} for text_id, one in folded.items()
    ]
    if findable:
        connection.execute(INSERT[connection.dialect.name], findable)


def left_to_fold(connection: Connection, *, version: int) -> int:
    """How many texts were never folded, or by another version."""
    texts = connection.scalar(select(func.count(TextRow.id))) or 0
    folded = select(func.count()).where(FoldedRow.version == version)
    return texts - (connection.scalar(folded) or 0)


def fold_some(connection: Connection, fold: Fold, *, version: int, behind: int) -> Collection[int]:
    """Fold the next portion of the texts that are left; which they were."""
    is_other = or_(FoldedRow.version < version, FoldedRow.version > version)
    if connection.scalar(select(FoldedRow.text_id).where(is_other).limit(1)):
        # SQLite's index holds no text, so nothing can be taken out of it but everything.
        connection.execute(EMPTY[connection.dialect.name])
        connection.execute(delete(FoldedRow))
    is_folded = select(FoldedRow.text_id).where(FoldedRow.text_id == TextRow.id)
    left = (
        select(TextRow.id, TextRow.title, TextRow.text, TextRow.language)
        .where(TextRow.id > behind, ~is_folded.exists())
        .order_by(TextRow.id)
        .limit(CHUNK)
    )
    rows = connection.execute(left).all()
    folded = {row.id: fold(row.title, row.text, row.language) for row in rows}
    keep(connection, folded)
    return folded


def find(connection: Connection, search: Search, scope: Scope, *, at_most: int) -> list[int]:
    """The releases with a text that is meant, those of the newest texts first.

    Who looks for nothing finds nothing.
    """
    if not search.terms:
        return []
    texts: dict[int, int] = dict(connection.execute(_candidates(connection, search, scope)).all())
    meant = _confirmed(connection, search, texts) if search.has_phrases else texts
    found: dict[int, None] = {}
    for text_id in meant:
        found[texts[text_id]] = None
        if len(found) == at_most:
            break
    return list(found)


def unfindable(connection: Connection) -> int:
    """How many folded texts the index lacks; none where it is sound."""
    number: int = connection.scalar(UNFINDABLE[connection.dialect.name])
    return number


def _candidates(connection: Connection, search: Search, scope: Scope) -> Select[int, int]:
    """Texts that hold the words, with their releases."""
    words = _expression(search.terms, connection.dialect.name)
    found = FIND[connection.dialect.name].bindparams(words=words)
    holding = found.columns(column("text_id", Integer)).subquery()
    # A release was not published after we saw it: then the moment we did is nearer to the truth.
    dated_at = case(
        (TextRow.published_at <= TextRow.first_seen_at, TextRow.published_at),
        else_=TextRow.first_seen_at,
    )
    statement = (
        select(TextRow.id, TextRow.release_id)
        .join(SourceRow, SourceRow.id == TextRow.source_id)
        .where(TextRow.id.in_(select(holding.c.text_id)))
        .order_by(dated_at.desc(), TextRow.id.desc())
    )
    if scope.source_id is not None:
        statement = statement.where(TextRow.source_id == scope.source_id)
    if scope.country is not None:
        statement = statement.where(SourceRow.country == scope.country)
    if scope.since is not None:
        statement = statement.where(dated_at >= scope.since)
    return statement


def _confirmed(connection: Connection, search: Search, texts: Collection[int]) -> Iterator[int]:
    """Those of the texts that hold the phrases too, in the same order; no more than asked for."""
    columns = (TextRow.id, TextRow.title, TextRow.text, TextRow.language)
    for chunk in chunks(texts):
        rows = connection.execute(select(*columns).where(TextRow.id.in_(chunk)))
        by_id = {row.id: row for row in rows}
        for text_id in chunk:
            row = by_id[text_id]
            if search.finds(row.title, row.text, row.language):
                yield text_id


def _expression(terms: Collection[Term], dialect: str) -> str:
    """What is looked for, in the database's own words; nothing a person typed is a sign there."""
    return AND[dialect].join(
        f"({OR[dialect].join(_all_of(wording, dialect) for wording in term)})" for term in terms
    )


def _all_of(wording: Collection[Sought], dialect: str) -> str:
    words = (
        (BEGINNING if one.is_beginning else WHOLE)[dialect].format(one.word) for one in wording
    )
    return f"({AND[dialect].join(words)})"
