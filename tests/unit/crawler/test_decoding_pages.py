from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.page import page_text, page_tree
from domain.poll import Validators
from tests.unit.crawler.pages import a_page

META = "<meta charset='windows-1251'><p>Вибори</p>"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (META.encode("cp1251"), "text/html"),
        (META.encode("cp1251"), "text/html; charset=windows-1251"),
        (META.encode("cp1251"), "text/html; charset=utf-8"),
        (META.encode("cp1251"), "text/html; charset=no-such-thing"),
        (META.encode("utf-8"), "text/html; charset=windows-1251"),
        (META.encode("utf-8-sig"), "text/html; charset=iso-8859-1"),
        (META.encode("utf-16"), "text/html"),
    ],
)
def test_the_first_encoding_that_the_bytes_agree_with_is_believed(
    body: bytes, content_type: str
) -> None:
    assert page_text(a_page(body, content_type=content_type)) == META


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("選挙は無効である", "shift_jis"),
        ("選挙は無効である", "euc-jp"),
        ("選挙は無効である", "iso-2022-jp"),
        ("Příští volby", "iso-8859-2"),
        ("Wybory w Łodzi", "windows-1250"),
        ("الانتخابات", "windows-1256"),
    ],
)
def test_an_encoding_that_the_server_states_is_used(text: str, encoding: str) -> None:
    page = a_page(text.encode(encoding), content_type=f"text/html; charset={encoding}")
    assert page_text(page) == text


def test_western_letters_without_any_statement_are_read_as_browsers_do() -> None:
    assert page_text(a_page("décidé “hier”".encode("cp1252"), content_type="text/html")) == (
        "décidé “hier”"
    )


def test_broken_utf_8_loses_one_letter_and_not_the_page() -> None:
    page = a_page(b"<p>vot\xe9 and the rest</p>", content_type="text/html; charset=utf-8")
    assert page_text(page) == "<p>vot\ufffd and the rest</p>"


@pytest.mark.parametrize("body", [b"", b"   ", b"\x00\x00", b"<!-- -->", b"plain words"])
def test_there_is_always_a_tree(body: bytes) -> None:
    assert page_tree(a_page(body)).tag == "html"


@given(st.binary(max_size=300))
def test_no_bytes_are_too_strange(body: bytes) -> None:
    assert page_tree(a_page(body, content_type="text/html")).tag == "html"


def test_validators_are_what_the_server_gave_and_the_checksum_of_the_bytes() -> None:
    page = a_page(b"abc")
    assert page.validators == Validators(
        checksum="ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
