"""Which document an address names, and which host it asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.urls import canonical_url, host_of, is_web_address, without_password


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
