"""Whatever a file holds, the configuration is read or its mistakes are named; nothing else."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import ConfigError
from pollwatch.loading import Config, load

GOOD = {
    "settings.toml": """\
[database]
url = "pollwatch.db"
[sources]
only = ["xx/*"]
[crawl]
delay = "2s"
page_limit = "5 MB"
at_once = 8
allow_private = false
[crawl.hosts]
"press.example" = "127.0.0.1"
[mail]
sender = "desk@example.org"
tls = "none"
[keep]
texts = "forever"
""",
    "subscribers.yaml": """\
subscribers:
  - id: desk
    to: [desk@example.org]
    topics: [elections]
    countries: [PL, EU]
    at: "07:00"
    days: mon-fri
    zone: Europe/Warsaw
    problems: true
""",
    "sources/xx/xx_one.yaml": """\
name: Ministry of Economy
country: FR
language: [fr, en]
zone: Europe/Paris
feeds:
  - name: news
    kind: listing
    url: https://economy.example/press
    every: 30m
    expect: 3 per week
    listing: {item: article, link: "a::attr(href)", title: "a::text"}
release:
  text: div.body
  skip: ["/agenda/"]
""",
    "topics/elections/topic.yaml": """\
title: Elections
threshold: 1
window: 12
title_weight: 1.5
""",
    "topics/elections/en.yaml": """\
extends: shipped
without: |
  vote*
strong: |
  "free election"~5   # near each other
  =ODIHR | weight 2
weak: |
  ballot*    | title
traps: |
  elected to the council
examples:
  in: ["A general election was held"]
  out: [Elected to the council]
""",
}
SHIPPED = {"topics/elections/en.yaml": "strong: |\n  election*\n  vote*\n"}
NAMES = pytest.mark.parametrize("name", GOOD)
SIGNS = st.sampled_from([*" \t\n#:|-[]{}\"'*&!%@`=~,.0\\\u0000\u202e\ud800ß選", "\r\n", "---\n"])


@st.composite
def edits(draw: st.DrawFn, text: str) -> str:
    """A good file after a few slips: something deleted, doubled, or typed in between."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 8)))
        typed = draw(st.sampled_from(["", text[start:end] * 2]) | SIGNS | st.text(max_size=4))
        text = text[:start] + typed + text[end:]
    return text


def read(name: str, data: bytes) -> Config | tuple[str, ...]:
    """What a folder of good files says when one of them holds this; or its mistakes."""
    with TemporaryDirectory() as folder:
        own, base = Path(folder) / "own", Path(folder) / "base"
        for root, files in ((base, SHIPPED), (own, GOOD)):
            for file, text in files.items():
                (root / file).parent.mkdir(parents=True, exist_ok=True)
                (root / file).write_text(text, encoding="utf-8")
        (own / name).write_bytes(data)
        try:
            return load(own, environ={"HOME": "/home/desk"}, base=base)
        except ConfigError as error:
            return error.mistakes


def are_told(found: Config | tuple[str, ...]) -> bool:
    """True for a configuration, and for mistakes of one printable line each."""
    return isinstance(found, Config) or (
        bool(found) and all(mistake.isprintable() for mistake in found)
    )


@NAMES
def test_the_files_that_the_others_are_made_from_are_good(name):
    assert isinstance(read(name, GOOD[name].encode()), Config)


@NAMES
@given(data=st.binary(max_size=60))
@settings(max_examples=20)
def test_any_bytes_are_read_or_their_mistakes_named(name, data):
    assert are_told(read(name, data))


@NAMES
@given(data=st.data())
@settings(max_examples=30)
def test_a_good_file_with_slips_is_read_or_its_mistakes_named(name, data):
    text = data.draw(edits(GOOD[name]))

    assert are_told(read(name, text.encode(errors="surrogatepass")))


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A program without any files."""
    return tmp_path_factory.mktemp("bare")


@given(
    environ=st.dictionaries(
        st.sampled_from(
            [
                "POLLWATCH_CRAWL__DELAY",
                "POLLWATCH_CRAWL__HOSTS",
                "POLLWATCH_SOURCES__ONLY",
                "POLLWATCH_MAIL__PASSWORD_FILE",
                "POLLWATCH_MAIL__PORT",
                "POLLWATCH_DATABASE__URL",
                "POLLWATCH_X__Y__Z",
                "POLLWATCH___",
                "POLLWATCH_CRAWL_DELAY",
            ]
        ),
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12),
        max_size=3,
    )
)
@settings(max_examples=40)
def test_any_environment_is_read_or_its_mistakes_named(bare, environ):
    try:
        found: Config | tuple[str, ...] = load(
            None, environ={"HOME": "/home/desk", **environ}, base=bare
        )
    except ConfigError as error:
        found = error.mistakes

    assert are_told(found)
