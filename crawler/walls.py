"""Is a good answer really the page, or a wall in front of it?

Three kinds of walls answer with 200: a challenge that wants to see a browser, a banner that
wants consent before anything else, and a page that says "not found" without the status. None
of them may be taken for news, nor for its absence. A page is only taken for one where it says
little else: real pages carry the same scripts, banners and words beside what they are about.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from crawler.texts import one_line
from domain.errors import Gone, Refused

# What each maker of walls puts into its pages, and only there. Many put other scripts of
# theirs into every ordinary page as well; those are not listed.
CHALLENGES = (
    (b"_cf_chl_opt", "Cloudflare"),
    (b"<title>Just a moment...</title>", "Cloudflare"),
    (b"bm-verify=", "Akamai"),
    (b"sucuri_cloudproxy", "Sucuri"),
    (b"captcha-delivery.com", "DataDome"),
    (b"px-captcha", "PerimeterX"),
    (b"gokuProps", "AWS WAF"),
    (b"awsWafCookieDomainList", "AWS WAF"),
    (b"/TSPD/", "F5"),
    (b"Your support ID is", "F5"),
    (b"/.well-known/ddos-guard/", "DDoS-Guard"),
    (b"/.within.website/x/cmd/anubis", "Anubis"),
    (b"Vercel Security Checkpoint", "Vercel"),
    (b"__qrator", "Qrator"),
)
# What these makers put into each page of their own: into walls, and also into the one which says
# that the server behind them is down.
SIGNATURES = (
    (b"Incapsula incident ID", "Imperva"),
    (b"/_Incapsula_Resource?", "Imperva"),
    (b"errors.edgesuite.net", "Akamai"),
    (b"Sucuri WebSite Firewall", "Sucuri"),
)
CONSENT = re.compile(
    r"cookies?\b|куки|クッキー|\bconsent|\bprivacy|datenschutz|zustimm|einwillig|consentement"
    r"|consentimiento|consenso|zgod[aęy]|согласи|згод[аиу]\b|samtyck|souhlas|sutikim|toestemming",
    re.IGNORECASE,
)
NOT_FOUND = re.compile(
    r"(?:error\s*|http\s*|fehler\s*|erreur\s*|błąd\s*|ошибка\s*|помилка\s*)?404(?:\s*error)?"
    r"|(?:404\W+)?(?:(?:the |this )?page (?:was |could |can)?\s?(?:not be |not )?found"
    r"|page (?:does not|doesn.t) exist|not found|(?:die )?seite (?:wurde )?nicht gefunden"
    r"|page (?:introuvable|non trouvée)|página no encontrada|página não encontrada"
    r"|pagina non trovata|pagina niet gevonden|sidan (?:hittades inte|kunde inte hittas)"
    r"|siden (?:ble ikke funnet|blev ikke fundet)|sivua ei löytynyt|strán?ka nenalezena"
    r"|nie znaleziono strony|strona nie (?:została znaleziona|istnieje)|puslapis nerastas"
    r"|страница не найдена|сторінку не знайдено|ページが見つかりません|الصفحة غير موجودة)\W*",
    re.IGNORECASE,
)
PART_OF_TITLE = re.compile(r"\s+[|–—»·•-]\s+")
UNSEEN = frozenset({"script", "style", "template", "svg", "title"})
ASK_THEM = "Ask the institution to let robots with a contact in, or look for another feed"
# Letters that a reader sees of a wall; a page that says more is about something.
SAYS_LITTLE = 1500
# Of what a consent wall says, one word in so many letters is about consent.
LETTERS_A_WORD = 120
WORDS_OF_CONSENT = 3


def challenge_by(body: bytes, *, is_outage: bool) -> str | None:
    """Whose challenge a body may be; None where it bears no mark of any.

    In the answer of a server that is down or busy, only the marks of challenges themselves count.
    """
    marks = CHALLENGES if is_outage else CHALLENGES + SIGNATURES
    return next((maker for mark, maker in marks if mark in body), None)


def check_page(tree: HtmlElement, *, url: str, body: bytes) -> None:
    """Nothing, for a page that is a page.

    Raises Refused for a challenge and a consent wall, Gone for a page that says "not found".
    """
    seen = _seen(tree)
    if seen is None:
        return
    if maker := challenge_by(body, is_outage=False):
        raise Refused(f"{url} shows a challenge by {maker} instead", next_step=ASK_THEM)
    words = CONSENT.findall(seen)
    if len(words) >= WORDS_OF_CONSENT and len(words) * LETTERS_A_WORD >= len(seen):
        raise Refused(f"{url} shows only a request for consent", next_step=ASK_THEM)
    if _says_not_found(tree):
        raise Gone(
            f"{url} answers well, and says that there is no such page",
            next_step="Look on the site for where it went",
        )


def _seen(tree: HtmlElement) -> str | None:
    """What a reader sees of a page; None where that is too much for a wall."""
    parts: list[str] = []
    letters = 0
    for element in tree.iter("*"):
        text = "" if element.tag in UNSEEN else element.text or ""
        for part in (text, element.tail or ""):
            if part and not part.isspace():
                parts.append(part)
                letters += len(part.strip())
        if letters > SAYS_LITTLE:
            return None
    return one_line(" ".join(parts))


def _says_not_found(tree: HtmlElement) -> bool:
    titles = [element.text_content() for element in tree.iter("title", "h1")]
    parts = (one_line(part) for title in titles for part in PART_OF_TITLE.split(title))
    return any(NOT_FOUND.fullmatch(part) for part in parts)
