"""The models are the list of options; the files that show it to people must not differ."""

import re
from pathlib import Path

import pytest

from pollwatch.loading import plain_toml, plain_yaml, shipped
from pollwatch.loading.checking import check
from pollwatch.loading.files import LoadedFile
from pollwatch.loading.settings import Settings
from pollwatch.loading.sources import (
    DeclaredFeed,
    DeclaredSource,
    read_sources,
)
from pollwatch.loading.subscribers import read_subscribers

ROOT = Path(__file__).parents[3]
SETTINGS = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
SOURCES = (ROOT / "docs/sources.md").read_text(encoding="utf-8")
SHIPPED = (shipped() / "settings.toml").read_text(encoding="utf-8")
OPTIONS = {
    f"{table}.{option}"
    for table, info in Settings.model_fields.items()
    for option in type(info.default).model_fields
}


def documented():
    """Options and defaults as the tables of docs/settings.md give them."""
    found = {}
    table = ""
    for line in SETTINGS.splitlines():
        if heading := re.fullmatch(r"## `\[(\w+)\]`", line):
            table = f"{heading[1]}."
        elif line.startswith("## "):
            table = ""
        elif row := re.match(r"\| `([\w.]+)` \| (?:`(.*?)`)? ?\|", line):
            found[f"{table}{row[1]}"] = row[2]
    return found


def in_shipped_file():
    """Options that config/settings.toml sets, or shows behind a comment sign."""
    found = set()
    table = ""
    for line in SHIPPED.splitlines():
        if heading := re.match(r"\[([\w.]+)\]", line):
            table = heading[1]
            found.add(table)
        elif option := re.match(r"(?:# )?(\w+) = ", line):
            found.add(f"{table}.{option[1]}")
    return found


def keys_of_table(heading):
    section = SOURCES.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", section, flags=re.MULTILINE)
    return set(re.findall(r"\w+", " ".join(rows)))


def test_every_option_stands_in_the_docs_and_nothing_else():
    assert documented().keys() == OPTIONS


def test_defaults_in_the_docs_are_the_defaults():
    lines = [f"{option} = {default}" for option, default in documented().items() if default]
    text = "\n".join(lines)

    read, mistakes = check(plain_toml.read(text.encode(), file="docs"), Settings)

    assert mistakes == ()
    assert read == Settings()


def test_every_option_stands_in_the_shipped_file():
    assert in_shipped_file() >= OPTIONS


def test_the_shipped_file_sets_the_defaults():
    read, mistakes = check(plain_toml.read(SHIPPED.encode(), file="settings.toml"), Settings)

    assert mistakes == ()
    assert read == Settings()


@pytest.mark.parametrize(
    ("heading", "keys"),
    [
        ("The institution", DeclaredSource.model_fields.keys() - {"code"}),
        ("A feed", set(DeclaredFeed.model_fields)),
    ],
)
def test_every_key_of_a_source_stands_in_the_docs(heading, keys):
    assert keys_of_table(heading) == keys


def test_the_example_of_a_source_is_a_source():
    text = SOURCES.split("```yaml\n")[1].split("```")[0]
    name = "sources/fr/fr_economy.yaml"
    file = LoadedFile(
        name=name,
        document=plain_yaml.read(text.encode(), file=name),
        checksum="",
        beneath=None,
        is_own=False,
        replaces_shipped=False,
    )

    sources, mistakes = read_sources([file])

    assert mistakes == ()
    assert [feed.id for feed in sources[0].feeds] == ["fr_economy/news", "fr_economy/statements"]


def test_the_example_in_the_shipped_subscribers_is_a_subscriber():
    text = (shipped() / "subscribers.yaml").read_text(encoding="utf-8")
    example = re.sub(
        r"^# ?", "", text.split("#\n")[1].split("subscribers: []")[0], flags=re.MULTILINE
    )

    subscribers, mistakes = read_subscribers(
        plain_yaml.read(example.encode(), file="subscribers.yaml"),
        topics=["elections"],
        channels=["chat"],
    )

    assert mistakes == ()
    assert [subscriber.id for subscriber in subscribers] == ["desk"]
