"""Lists of feeds from other readers and for them; what comes in is foreign."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest
from lxml import etree

from domain.errors import PollwatchError
from domain.source import FeedKind
from pollwatch.loading.plain_yaml import read
from pollwatch.opml import drafts_of, exported, read_outlines, save
from tests.builders import a_feed, a_source


def a_list(inside: str) -> bytes:
    return f'<opml version="2.0"><head/><body>{inside}</body></opml>'.encode()


def an_outline(url="https://m.example/rss", **more):
    attributes = "".join(f' {name}="{value}"' for name, value in more.items())
    return f'<outline text="Ministry" xmlUrl="{url}"{attributes}/>'


def drafted(body: bytes, *, watched=(), taken=()):
    found = read_outlines(body, file="list.opml")
    return list(drafts_of(found.feeds, watched=watched, taken=taken))


def test_feeds_go_out_in_folders_and_come_in_as_they_were():
    sources = [a_source(country="PL", home="https://m.example/", feeds=(a_feed(),))]
    (one,) = read_outlines(exported(sources), file="list.opml").feeds

    assert (one.name, one.url, one.home, one.country, one.language) == (
        *("Ministry of Economy", "https://press.economy.example/feed"),
        *("https://m.example/", "PL", "en"),
    )


def test_what_readers_cannot_subscribe_to_goes_out_as_a_link():
    listing = replace(a_feed(), kind=FeedKind.LISTING)
    body = exported([a_source(feeds=(listing,))])
    (outline,) = etree.fromstring(body).xpath("//outline/outline")

    assert (outline.get("type"), outline.get("xmlUrl")) == ("link", None)
    assert read_outlines(body, file="list.opml").left_out == (
        "https://press.economy.example/feed is a link and no feed",
    )


def test_outlines_are_found_however_deep():
    deep = "<outline text='a'>" * 60 + an_outline() + "</outline>" * 60

    assert [draft.name for draft in drafted(a_list(deep))] == ["Ministry"]


def test_the_case_of_attributes_does_not_matter():
    assert len(drafted(a_list('<outline TEXT="Ministry" XMLURL="https://m.example/rss"/>'))) == 1


def test_a_feed_that_stands_twice_is_drafted_once():
    (draft,) = drafted(a_list(an_outline() + an_outline()))

    assert len(draft.feeds) == 1


def test_feeds_of_one_site_become_one_source():
    (draft,) = drafted(a_list(an_outline() + an_outline("https://m.example/en/rss")))

    assert [feed.url for feed in draft.feeds] == [
        "https://m.example/rss",
        "https://m.example/en/rss",
    ]


def test_what_is_watched_already_is_left_out():
    assert drafted(a_list(an_outline()), watched=["https://m.example/rss"]) == []


def test_an_id_that_is_taken_gets_a_number():
    (draft,) = drafted(a_list(an_outline()), taken=["xx_m", "xx_m_2"])

    assert draft.id == "xx_m_3"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://name:word@m.example/rss",
        "ftp://m.example",
    ],
)
def test_an_address_that_cannot_be_asked_is_left_out_aloud(url):
    found = read_outlines(a_list(an_outline(url)), file="list.opml")

    assert (found.feeds, len(found.left_out)) == ((), 1)


BOMB = (
    '<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<opml version="2.0"><body><outline text="&b;" xmlUrl="https://m.example/rss"/></body></opml>'
)


@pytest.mark.parametrize(
    "body",
    [
        BOMB.encode(),
        BOMB.encode("utf-16"),
        gzip.compress(BOMB.encode()),
        b'<!DOCTYPE opml SYSTEM "http://127.0.0.1/x.dtd">' + a_list(an_outline()),
        b'<!DOCTYPE o [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + a_list("&f;"),
    ],
    ids=["entities", "entities in UTF-16", "entities, packed", "foreign DTD", "a file"],
)
def test_a_list_that_declares_a_document_type_is_refused(body):
    with pytest.raises(PollwatchError, match="declares a document type"):
        read_outlines(body, file="list.opml")


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00\xff", b"<html><body>no</body></html>", b"<opml><body>", b"{}", b"\x1f\x8bnothing"],
)
def test_what_is_no_list_is_refused(body):
    with pytest.raises(PollwatchError, match=r"is no OPML|cannot be unpacked"):
        read_outlines(body, file="list.opml")


def test_a_list_that_swells_is_refused():
    with pytest.raises(PollwatchError, match="holds more than 10 MB"):
        read_outlines(gzip.compress(b" " * 10_000_001), file="list.opml")


def test_a_list_without_end_is_refused():
    with pytest.raises(PollwatchError, match="holds more than 10,000 outlines"):
        read_outlines(a_list("<outline/>" * 10_001), file="list.opml")


@pytest.mark.parametrize(
    "name", ["A&#10;enabled: false", "&quot;: {}", "../../../x", "&#8238;&#8232;x", "# no"]
)
def test_no_name_can_write_a_line_of_its_own_or_choose_a_file(name, tmp_path):
    outline = f'<outline text="{name}" xmlUrl="https://m.example/rss"/>'
    (path,) = save(drafted(a_list(outline)), tmp_path)
    document = read(path.read_bytes(), file="draft")

    assert path == tmp_path / "sources" / "xx" / "xx_m.yaml"
    assert list(document.value) == ["name", "home", "country", "language", "trust", "feeds"]


def test_a_file_that_is_there_is_never_overwritten(tmp_path):
    drafts = drafted(a_list(an_outline()))
    (path,) = save(drafts, tmp_path)
    path.write_text("mine")

    with pytest.raises(PollwatchError, match="is not overwritten"):
        list(save(drafts, tmp_path))
    assert path.read_text() == "mine"


def test_the_command_says_what_it_drafted(pollwatch, tmp_path):
    pollwatch.config.folder = tmp_path
    file = tmp_path / "list.opml"
    file.write_bytes(a_list(an_outline() + '<outline text="x" url="https://n.example/"/>'))
    result = pollwatch("sources", "import-opml", str(file))

    assert (result.exit_code, result.stdout) == (1, f"{tmp_path}/sources/xx/xx_m.yaml\n")
    assert "left out: https://n.example/ is a link and no feed" in result.stderr
    assert "1 source with 1 feed drafted, 0 feeds watched already." in result.stderr


def test_without_a_folder_of_ones_own_nothing_is_drafted(pollwatch, tmp_path):
    file = tmp_path / "list.opml"
    file.write_bytes(a_list(an_outline()))
    result = pollwatch("sources", "import-opml", str(file))

    assert result.exit_code == 2
    assert "make one with `pollwatch init`" in result.stderr


def test_the_catalogue_goes_out_on_stdout(pollwatch):
    tree = etree.fromstring(pollwatch("sources", "export-opml").stdout_bytes)

    assert tree.xpath("//outline/@xmlUrl") == ["https://press.economy.example/feed"]
