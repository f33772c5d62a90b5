"""A digest that holds every kind of thing, whose copies in ``reviewed/`` a person has read.

After a wanted change write them anew, read what git says has changed, and commit:

    python -m tests.unit.digest.reviewed_digest
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.edition import Digest
from digest.message import Envelope, mailbox, to_message
from digest.render import render_html, render_text
from domain.health import Health
from domain.poll import Code
from domain.reading import HitKind, Part
from domain.story import Story
from domain.subscriber import MailFormat
from tests.unit.digest.stories import (
    MORNING,
    a_digest,
    a_hit_on,
    a_match_on,
    a_stored_release,
    a_story,
    a_titled_release,
    a_watched_feed,
)

REVIEWED = Path(__file__).parent / "reviewed"
ENVELOPE = Envelope(
    sender=mailbox("pollwatch@example.org", name="pollwatch"),
    to=mailbox("desk@example.org"),
    unsubscribe_to=mailbox("unsubscribe@example.org"),
    unsubscribe_url="https://example.org/unsubscribe",
)


def a_german_story() -> Story:
    """Sham words, a reprint without a date, and a correction."""
    title = "Erklärung zu den Scheinwahlen in den vorübergehend besetzten Gebieten der Ukraine"
    text = "Das Ministerium erkennt die Ergebnisse dieser Scheinwahlen nicht an."
    match = a_match_on(
        text,
        text,
        a_hit_on("Scheinwahl", title, where=Part.TITLE, language="de", kind=HitKind.SHAM),
        a_hit_on("Scheinwahlen", text, term="Scheinwahl*", language="de", kind=HitKind.SHAM),
    )
    release = a_stored_release(
        title=title,
        text=text,
        language="de",
        country="DE",
        institution="Auswärtiges Amt",
        url="https://presse.example/scheinwahlen",
        matches=(match,),
    )
    before = replace(release.revisions[0], text=text.replace("Ergebnisse", "Durchführung"))
    return a_story(
        replace(release, revisions=(before, *release.revisions)),
        a_stored_release(
            country="AT",
            institution="Außenministerium",
            url="https://kopie.example/1",
            published_at=None,
        ),
    )


def an_arabic_story() -> Story:
    """A passage that is written from right to left."""
    text = "ترحب الوزارة بنتائج الانتخابات الرئاسية."
    hit = a_hit_on("الانتخابات", text, term="انتخاب*", language="ar")
    release = a_stored_release(
        title="بيان الوزارة",
        text=text,
        language="ar",
        country="QA",
        matches=(a_match_on(text, text, hit),),
    )
    return a_story(release)


def a_known_story() -> Story:
    """A statement that was told, and a reprint that was not."""
    told = a_stored_release(
        id="b7c8d9f2",
        title="Statement on behalf of the European Union",
        country="EU",
        institution="European External Action Service",
    )
    reprint = a_stored_release(
        id="x4y5z6w7",
        country="SE",
        institution="Government of Sweden",
        url="https://copy.example/eu-statement",
        published_at=MORNING + timedelta(days=1),
    )
    return a_story(told, reprint, told=["b7c8d9f2"])


def reviewed_digest() -> Digest:
    """Five countries, one of them hostile, a known story and a feed in trouble."""
    japanese = a_titled_release("選挙 の結果を認めない", country="JP", language="ja")
    hostile = a_titled_release(
        "Vote\r\nBcc: all@example.org\n\nGermany\n-------\x00 <script>alert(1)</script> \u202eetov",
        country="XX",
        language=None,
        url="javascript:alert(1)",
    )
    return a_digest(
        *(a_german_story(), an_arabic_story(), a_story(japanese), a_story(hostile), a_story()),
        a_known_story(),
        feeds=[
            a_watched_feed(),
            a_watched_feed(Health.FAILING, open_problems=(Code.LISTING_EMPTY,)),
        ],
        zone=ZoneInfo("Europe/Warsaw"),
    )


def copies() -> dict[str, bytes]:
    """What it looks like now, by the names of the reviewed copies."""
    digest = reviewed_digest()
    mail = to_message(digest, envelope=ENVELOPE, wanted=MailFormat.HTML)
    return {
        "digest.txt": render_text(digest).encode(),
        "digest.html": render_html(digest).encode(),
        "digest.eml": mail.as_bytes(),
    }


if __name__ == "__main__":
    for name, copy in copies().items():
        (REVIEWED / name).write_bytes(copy)
