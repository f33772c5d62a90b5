from __future__ import annotations

import pytest

from crawler.page import page_tree
from crawler.walls import challenge_by, check_page
from domain.errors import Gone, Refused
from tests.unit.crawler.pages import a_page

RELEASE = "<p>The ministry does not recognise the vote held on occupied territory.</p>" * 25
URL = "https://press.economy.example/news/1"


def check(head: str, body: str) -> None:
    page = a_page(f"<html><head>{head}</head><body>{body}</body></html>", url=URL)
    check_page(page_tree(page), url=page.url, body=page.body)


@pytest.mark.parametrize(
    ("head", "body", "maker"),
    [
        ("<title>Just a moment...</title>", "<noscript>Enable JavaScript</noscript>", "Cloudflare"),
        ("<title>Un instant…</title>", "<script>window._cf_chl_opt={}</script>", "Cloudflare"),
        ("", "<iframe src='/_Incapsula_Resource?SWUDNSAI=31'>Request unsuccessful", "Imperva"),
        ("<meta http-equiv='refresh' content=\"5; URL='/?bm-verify=AAQ'\">", "", "Akamai"),
        ("<title>Sucuri WebSite Firewall - Access Denied</title>", "", "Sucuri"),
        ("", "<script src='https://ct.captcha-delivery.com/c.js'></script>", "DataDome"),
        ("", "<script>window.gokuProps = {}</script>", "AWS WAF"),
        ("", "Please enable JavaScript. Your support ID is: 123", "F5"),
    ],
)
def test_a_challenge_is_refused_by_its_makers_name(head: str, body: str, maker: str) -> None:
    with pytest.raises(Refused, match=f"{URL} shows a challenge by {maker} instead"):
        check(head, body)


@pytest.mark.parametrize(
    "text",
    [
        "We value your privacy. We use cookies. Accept all cookies or manage cookies.",
        "Wir verwenden Cookies. Stimmen Sie Cookies zu? Datenschutz",
        "Nous utilisons des cookies. Accepter les cookies? Votre consentement",
        "Używamy plików cookies. Wyrażam zgodę na cookies.",
        "Мы используем файлы cookie. Даю согласие на cookie",
    ],
)
def test_a_page_that_speaks_only_of_consent_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="shows only a request for consent"):
        check("<title>Ministry</title>", f"<div>{text}</div><button>OK</button>")


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "Error 404",
        "Page not found",
        "Page not found | Ministry of Economy",
        "404 - Page not found",
        "Seite nicht gefunden",
        "Page introuvable – Ministère",
        "Nie znaleziono strony",
        "Страница не найдена",
        "Сторінку не знайдено",
        "ページが見つかりません",
    ],
)
def test_a_page_that_says_it_is_not_there_is_gone(title: str) -> None:
    with pytest.raises(Gone, match="says that there is no such page"):
        check(f"<title>{title}</title>", "<p>Try the search.</p>")


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>On the vote</title>", "<p>Votes were not found to be free.</p>"),
        ("<title>Just a moment...</title>", RELEASE),
        ("<title>Page not found</title>", RELEASE),
        ("<title>On cookies</title>", RELEASE + "<p>cookies cookies cookies cookies</p>"),
        ("<title>On the vote</title>", "<p>Short note.</p><footer>Cookies. Privacy.</footer>"),
        ("<title>404 voters</title>", "<p>So many came.</p>"),
        ("", ""),
    ],
)
def test_a_page_that_says_something_is_a_page(head: str, body: str) -> None:
    check(head, body)


def test_scripts_say_nothing_to_a_reader() -> None:
    with pytest.raises(Gone):
        check("<title>404</title>", f"<script>{'x = 1;' * 2000}</script>")


def test_an_ordinary_page_bears_no_mark() -> None:
    script = b"<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"
    assert challenge_by(script + RELEASE.encode(), is_outage=False) is None


@pytest.mark.parametrize(
    ("body", "maker"),
    [
        (b"<a href='https://errors.edgesuite.net/18.5e'>Reference</a>", "Akamai"),
        (b"<iframe src='/_Incapsula_Resource?CWUDNSAI=9'></iframe>", "Imperva"),
        (b"<p>Incapsula incident ID: 1-2</p>", "Imperva"),
        (b"<title>Sucuri WebSite Firewall - Back-end timeout</title>", "Sucuri"),
    ],
)
def test_a_makers_signature_says_nothing_while_the_server_is_down(body: bytes, maker: str) -> None:
    assert challenge_by(body, is_outage=False) == maker
    assert challenge_by(body, is_outage=True) is None


def test_a_challenge_is_one_also_where_it_pretends_to_be_an_outage() -> None:
    body = b"<script>window._cf_chl_opt={};</script>"
    assert challenge_by(body, is_outage=True) == "Cloudflare"
