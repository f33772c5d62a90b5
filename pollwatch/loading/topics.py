"""Which topics are there? A folder each under ``topics/``, with a file for each language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from pydantic import Field

from domain.topic import Topic
from pollwatch.loading.checking import Declared, check
from pollwatch.loading.documents import Document
from pollwatch.loading.files import LoadedFile
from pollwatch.loading.keywords import read_keywords
from pollwatch.loading.languages import language
from pollwatch.loading.mistakes import Mistake
from pollwatch.loading.values import Line


class DeclaredTopic(Declared):
    """What holds for a topic in all languages."""

    title: Line | None = None
    threshold: float = Field(default=1, gt=0)
    window: int = Field(default=12, ge=1, le=100)
    title_weight: float = Field(default=1, ge=0)
    lead_weight: float = Field(default=1, ge=0)
    enabled: bool = True


def read_topics(files: Iterable[LoadedFile]) -> tuple[tuple[Topic, ...], tuple[Mistake, ...]]:
    """The topics that are switched on, in the order of their ids; and what is wrong."""
    folders: dict[str, list[LoadedFile]] = defaultdict(list)
    for file in files:
        folders[PurePosixPath(file.name).parent.name].append(file)
    topics: list[Topic] = []
    mistakes: list[Mistake] = []
    for topic_id, members in sorted(folders.items()):
        topic, found = _read_topic(topic_id, members)
        mistakes += found
        if topic:
            topics.append(topic)
    return tuple(topics), tuple(mistakes)


def _read_topic(topic_id: str, members: Sequence[LoadedFile]) -> tuple[Topic | None, list[Mistake]]:
    described = [file for file in members if PurePosixPath(file.name).stem == "topic"]
    document = described[0].document if described else Document(file=members[0].document.file)
    declared, found = check(document, DeclaredTopic)
    mistakes = [*found]
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", topic_id):
        text = f"the folder '{topic_id}' cannot name a topic; write small letters, digits, '_', '-'"
        mistakes.append(document.mistake((), text))
    languages = [file for file in members if file not in described]
    read = [read_keywords(file, language=PurePosixPath(file.name).stem) for file in languages]
    mistakes += [mistake for each in read for mistake in each.mistakes]
    mistakes += [mistake for file in languages for mistake in _misnamed(file)]
    declared = declared or DeclaredTopic()
    if not declared.enabled:
        return None, mistakes
    topic = Topic(
        id=topic_id,
        title=declared.title or topic_id,
        threshold=declared.threshold,
        window=declared.window,
        title_weight=declared.title_weight,
        lead_weight=declared.lead_weight,
        keywords=tuple(keyword for each in read for keyword in each.keywords),
        examples=tuple(example for each in read for example in each.examples),
        forms=tuple(forms for each in read for forms in each.forms),
    )
    return topic, mistakes


def _misnamed(file: LoadedFile) -> Iterator[Mistake]:
    stem = PurePosixPath(file.name).stem
    try:
        if stem != "any":
            language(stem)
    except ValueError as error:
        yield file.document.mistake((), f"the file's name: {error}")
