"""Which document an address names, and which host it asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.urls import (
    canonical_url,
    document_url,
    host_of,
    is_web_address,
    same_document,
    without_password,
)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("HTTP://MFA.Example/News", "http://mfa.example/News"),
        ("https://mfa.example:443/a", "https://mfa.example/a"),
        ("http://mfa.example:8080/a", "http://mfa.example:8080/a"),
        ("https://mfa.example/a#top", "https://mfa.example/a"),
        ("https://mfa.example/a?id=7&utm_source=x&fbclid=y", "https://mfa.example/a?id=7"),
        ("https://mfa.example/%7Epress/%d0%b0", "https://mfa.example/~press/%D0%B0"),
        ("https://mfa.example", "https://mfa.example/"),
        ("https://mfa.example/a%2fb", "https://mfa.example/a%2Fb"),
        ("https://mfa.example/?t=%cf%f0", "https://mfa.example/?t=%CF%F0"),
        ("https://mfa.example/?at_medium=mail&at_id=7", "https://mfa.example/?at_id=7"),
        ("https://mfa.example/a?print=", "https://mfa.example/a?print="),
        ("https://mfa.example/a;jsessionid=6C0A986C48A7?id=7", "https://mfa.example/a?id=7"),
        ("https://mfa.example/a?PHPSESSID=0e200263aac88cecd72d", "https://mfa.example/a"),
        ("https://mfa.example/a?sid=12", "https://mfa.example/a?sid=12"),
        ("  https://mfa.example/a\n", "https://mfa.example/a"),
    ],
)
def test_an_address_loses_only_what_does_not_change_the_document(written, canonical):
    assert canonical_url(written) == canonical


def test_an_address_that_cannot_be_read_stays_as_it_is():
    assert canonical_url("http://[mfa.example/a") == "http://[mfa.example/a"


def test_half_a_surrogate_pair_is_left_out_of_an_address():
    assert canonical_url("https://mfa.example/a\ud800b") == "https://mfa.example/ab"


def test_a_document_number_in_the_query_is_kept():
    assert canonical_url("https://mfa.example/?p=1") != canonical_url("https://mfa.example/?p=2")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.mfa.example/a", "www.mfa.example"),
        ("https://www.mfa.example:8443/a", "www.mfa.example:8443"),
        ("http://[2001:db8::1]:80/", "[2001:db8::1]"),
        ("http://user:secret@mfa.example/", "mfa.example"),
        ("https://має.example/", "xn--80ax7e.example"),
        ("http://mfa.example:port/", ""),
        ("http://mfa.example./a", "mfa.example"),
        ("http://mfa..example/a", ""),
        ("http://" + "a" * 64 + ".example/", ""),
        ("http://" + "a.b." * 70 + "example/", ""),
        ("https://" + "ä" * 70 + ".example/", ""),
        ("news/2024/12", ""),
    ],
)
def test_the_host_is_the_name_in_ascii_with_an_unusual_port(url, host):
    assert host_of(url) == host


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://mfa.example/", "http://", "//x/y", ""]
)
def test_only_http_addresses_with_a_host_are_web_addresses(url):
    assert not is_web_address(url)


@given(
    path=st.text(max_size=40),
    query=st.lists(st.tuples(st.text(min_size=1, max_size=8), st.text(max_size=8)), max_size=4),
)
def test_canonical_twice_is_canonical_once(path, query):
    from urllib.parse import quote, urlencode

    once = canonical_url(f"https://mfa.example/{quote(path)}?{urlencode(query)}")

    assert canonical_url(once) == once


@given(one=st.binary(max_size=6), other=st.binary(max_size=6))
def test_queries_of_other_bytes_name_other_documents(one, other):
    from urllib.parse import quote_from_bytes

    first, second = (
        canonical_url(f"https://mfa.example/?t={quote_from_bytes(text)}") for text in (one, other)
    )
    assert (first == second) == (one == other)


@given(st.text(max_size=60))
def test_no_text_is_too_odd_to_be_asked_for_its_host(text):
    assert isinstance(host_of(text), str)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://desk:s%20t@db.example/news", "postgresql://desk:***@db.example/news"),
        ("postgresql://desk:s/e@c:r@db.example/news", "postgresql://desk:***@db.example/news"),
        (
            "postgresql://db.example/news?password=secret&x=1",
            "postgresql://db.example/news?password=***&x=1",
        ),
        ("postgresql://desk@db.example/news", "postgresql://desk@db.example/news"),
        ("sqlite:////data/news.db", "sqlite:////data/news.db"),
        ("'https://desk:secret@mfa.example/rss' is odd", "'https://***@mfa.example/rss' is odd"),
        ("HTTPS://token@mfa.example/", "HTTPS://***@mfa.example/"),
        ("https://mfa.example:8443/@news", "https://mfa.example:8443/@news"),
        ("https://mfa.example/?to=desk@mfa.example", "https://mfa.example/?to=desk@mfa.example"),
        ("desk@mfa.example", "desk@mfa.example"),
    ],
)
def test_what_is_secret_in_addresses_is_starred_out(text, shown):
    assert without_password(text) == shown


DOCUMENT = "https://www.mfa.example/en/news/2024/statement-12"


@pytest.mark.parametrize(
    "other",
    [
        "http://mfa.example/en/news/2024/statement-12/",
        "HTTPS://WWW.MFA.EXAMPLE/en/news/2024/statement-12#content",
        "https://m.mfa.example/en/news/2024/statement-12",
        "https://mobile.mfa.example/en/news/2024/statement-12",
        "https://amp.mfa.example/en/news/2024/statement-12",
        "https://www.mfa.example/print/en/news/2024/statement-12",
        "https://www.mfa.example/en/news/2024/statement-12/print",
        "https://www.mfa.example/en/news/2024/statement-12/amp/",
        "https://www.mfa.example/index.php/en/news/2024/statement-12",
        "https://www.mfa.example/en/news/2024/statement-12/index.html",
        "https://www.mfa.example/en/news/2024/statement-12?print=1",
        "https://www.mfa.example/en/news/2024/statement-12?print",
        "https://www.mfa.example/en/news/2024/statement-12?view=print",
        "https://www.mfa.example/en/news/2024/statement-12?tmpl=component&print=1&layout=default",
        "https://www.mfa.example/en/news/2024/statement-12?outputType=amp",
        "https://www.mfa.example/en/news/2024/statement-12;jsessionid=6C0A986C48A7EA19BAAC",
        "https://www.mfa.example/(S(lit3py55t21z5v55vlm25s55))/en/news/2024/statement-12",
        "https://www.mfa.example/en/news/2024/statement-12?PHPSESSID=0e200263aac88cecd72d",
        "https://www.mfa.example/en/news/2024/statement-12?utm_source=rss&mkt_tok=x",
    ],
)
def test_views_of_a_document_are_that_document(other):
    assert same_document(DOCUMENT, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DOCUMENT, "https://www.mfa.example/de/news/2024/statement-12"),
        (DOCUMENT, "https://www.mfa.example/en/news/2024/statement-13"),
        (DOCUMENT, "https://www.mfa.example/en/news/2024/statement-12?page=2"),
        (DOCUMENT, "https://embassy.mfa.example/en/news/2024/statement-12"),
        ("https://mfa.example/?id=1&lang=en", "https://mfa.example/?id=1&lang=de"),
        ("https://mfa.example/?view=article", "https://mfa.example/?view=gallery"),
        ("https://mfa.example/a?sid=7", "https://mfa.example/a?sid=8"),
        ("https://m.example/a", "https://example/a"),
        ("import:1", "import:2"),
    ],
)
def test_what_names_another_document_is_kept(one, other):
    assert not same_document(one, other)


def test_the_order_of_parameters_does_not_matter():
    assert same_document("https://mfa.example/?a=1&b=2", "https://mfa.example/?b=2&a=1")


def test_an_accelerated_page_keeps_the_ending_of_its_document():
    assert same_document("https://mfa.example/a.amp.html", "https://mfa.example/a.html")


@given(st.text(max_size=60))
def test_no_text_is_too_odd_to_be_asked_for_its_document(text):
    assert same_document(text, text)
    assert document_url(f"https://mfa.example/{text}") == document_url(
        f"http://m.mfa.example/{text}"
    )
