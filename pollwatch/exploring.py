"""What does a site have that could be watched, and how would its file begin?"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urljoin

from analysis.language import base_code, detect
from pollwatch.drafting import UNKNOWN_COUNTRY, Draft, DraftFeed, country_of
from pollwatch.settled import crawl_policy
from pollwatch.signals import stopping

if TYPE_CHECKING:
    from crawler.discover import Discovery, Found
    from crawler.spiders.asking import Guest
    from pollwatch.wiring import House
    from scheduler.trying import Trial

T = TypeVar("T")

# Fewer letters of titles do not show their language.
TELLING = 80
NO_LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exploration:
    """What was found on a site, and what that took."""

    discovery: Discovery
    requests: tuple[str, ...]
    """All that went out, robots.txt and redirects included."""


def converse(
    house: House, talk: Callable[[Trial, Guest], Coroutine[Any, Any, T]], *, policy: Any = None
) -> T:
    """What a guest makes of a site; manners hold, and nothing that it reads is stored.

    Raises KeyboardInterrupt where somebody asked us to stop.
    """
    from crawler import reactor

    manners = policy or crawl_policy(house.config)

    async def main() -> T | None:
        from asyncio import CancelledError

        from crawler.engine import Engine
        from scheduler.trying import Trial

        engine = Engine(manners, house.clock)
        trial = Trial(engine=engine, store=house.store, clock=house.clock)
        with stopping(engine.stop) as stopped:
            try:
                return await trial.talk(partial(talk, trial))
            except CancelledError:
                if stopped.is_set():
                    return None
                raise

    said = reactor.run(main, policy=manners)
    if said is None:
        raise KeyboardInterrupt
    return said


def explore(house: House, url: str, *, on_request: Callable[[str], None]) -> Exploration:
    """Look around on a site; ``on_request`` hears of each address before it is asked for."""
    return converse(house, partial(_explore, url=url, on_request=on_request))


async def _explore(
    trial: Trial, guest: Guest, *, url: str, on_request: Callable[[str], None]
) -> Exploration:
    from crawler.discover import discover
    from crawler.page import Page

    async def fetch(address: str) -> Page:
        on_request(address)
        return await guest.fetch(address)

    found = await discover(url, fetch=fetch, robots=trial.robots)
    return Exploration(discovery=found, requests=tuple(guest.requests))


def drafted(found: Discovery, *, on: date) -> Draft | None:
    """The file that a source would begin with; None where nothing was found."""
    chosen = [one for one in found.found if not one.same_as]
    if not chosen:
        return None
    languages = [_language(one) for one in chosen]
    said = found.language or languages[0]
    main = said or NO_LANGUAGE
    country = country_of(found.url)
    known = "by the address" if country != UNKNOWN_COUNTRY else "the address does not say"
    return Draft(
        name=found.name,
        home=urljoin(found.url, "/"),
        country=country,
        country_remark=f"{known}; correct it where it is wrong",
        language=main,
        language_remark="" if said else "nothing says it; correct it",
        feeds=tuple(
            DraftFeed(
                kind=one.kind,
                url=one.url,
                language=language if language and language != main else None,
                remark=f"{one.how}; {_counted(one)} on {on:%Y-%m-%d}",
            )
            for one, language in zip(chosen, languages, strict=True)
        ),
        remarks=tuple(_remarks(found.found)),
    )


def _language(found: Found) -> str | None:
    """What the titles are in, where there are enough; else what the page says."""
    titles = " · ".join(entry.title for entry in found.entries)
    spoken = detect("", titles, []) if len(titles) >= TELLING else None
    return spoken or (base_code(found.language) if found.language else None)


def _counted(found: Found) -> str:
    count = len(found.entries)
    newest = f", the newest of {found.newest_at:%Y-%m-%d}" if found.newest_at else ", undated"
    return f"{count:,} {'entry' if count == 1 else 'entries'} read{newest},"


def _remarks(found: Iterable[Found]) -> Iterable[str]:
    for one in found:
        if one.same_as:
            yield f"Lists the same releases: {one.kind} {one.url}"
