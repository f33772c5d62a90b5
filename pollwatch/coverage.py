"""Which states, bodies and languages are watched: by what, how surely, and how well?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from digest.plain import counted
from digest.world_map import AMBER, BLUE, GREY, PALE, RUST, SKY, Shade, Tile
from domain.actors import STATES, is_body, is_state, name_of
from domain.health import Health, WatchedFeed
from domain.source import Trust

NOBODY = "INT"
"""What sources belong to that speak for no state and no body of the list."""

SURE: Mapping[Trust, Shade] = MappingProxyType(
    {
        Trust.CHECKED: Shade(name="checked live", mark="●", fill=BLUE[0], ink=BLUE[1]),
        Trust.RECORDED: Shade(name="recorded", mark="◕", fill=BLUE[0], ink=BLUE[1]),
        Trust.RECONSTRUCTED: Shade(name="reconstructed", mark="◑", fill=SKY[0], ink=SKY[1]),
        Trust.UNVERIFIED: Shade(name="unverified", mark="○", fill=PALE[0], ink=PALE[1]),
    }
)
WELL: Mapping[Health, Shade] = MappingProxyType(
    {
        Health.WELL: Shade(name="well", mark="✓", fill=BLUE[0], ink=BLUE[1]),
        Health.LATE: Shade(name="late", mark="~", fill=SKY[0], ink=SKY[1]),
        Health.SILENT: Shade(name="silent", mark="…", fill=AMBER[0], ink=AMBER[1]),
        Health.FAILING: Shade(name="failing", mark="×", fill=RUST[0], ink=RUST[1]),
        Health.REFUSED: Shade(name="refused", mark="–", fill=RUST[0], ink=RUST[1]),
        Health.UNTRIED: Shade(name="untried", mark="?", fill=GREY[0], ink=GREY[1]),
    }
)
"""From the best: a state is as well as the best of its feeds, for that one brings its releases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A state, a body or a language, and the feeds that cover it."""

    code: str
    name: str
    feeds: tuple[WatchedFeed, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of its sources."""
        return tuple(dict.fromkeys(one.source.id for one in self.feeds))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its feeds, each once."""
        return tuple(sorted({one.feed.kind.value for one in self.feeds}))

    @property
    def trust(self) -> Trust:
        """That of its surest source."""
        return next(trust for trust in SURE if any(one.source.trust is trust for one in self.feeds))

    @property
    def health(self) -> Health:
        """That of its best feed."""
        states = {one.health for one in self.feeds}
        return next((health for health in WELL if health in states), Health.UNTRIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Everything that is watched, three times over."""

    states: tuple[Covered, ...]
    bodies: tuple[Covered, ...]
    """Bodies and groups of the list; what belongs to none of them stands last."""
    languages: tuple[Covered, ...]
    missing: tuple[str, ...]
    """States of the list, territories included, that no source is of."""

    def counts(self) -> Mapping[str, int]:
        """How many of each."""
        return {
            "states": len(self.states),
            "bodies": sum(one.code != NOBODY for one in self.bodies),
            "languages": len(self.languages),
            "sources": len({feed.source.id for one in self.languages for feed in one.feeds}),
            "feeds": len({feed.feed.id for one in self.languages for feed in one.feeds}),
        }


def coverage(watched: Iterable[WatchedFeed]) -> Coverage:
    """What these feeds cover."""
    by_country: dict[str, list[WatchedFeed]] = defaultdict(list)
    by_language: dict[str, list[WatchedFeed]] = defaultdict(list)
    for one in watched:
        by_country[one.source.country].append(one)
        for language in one.feed.languages:
            by_language[language].append(one)
    covered = [_covered(code, name_of(code), feeds) for code, feeds in by_country.items()]
    others = (one for one in covered if not is_state(one.code))
    return Coverage(
        states=tuple(sorted((one for one in covered if is_state(one.code)), key=_name)),
        bodies=tuple(sorted(others, key=lambda one: (not is_body(one.code), one.name))),
        languages=tuple(
            sorted(
                (_covered(code, language_name(code), feeds) for code, feeds in by_language.items()),
                key=_name,
            )
        ),
        missing=tuple(code for code in STATES if code not in by_country),
    )


def language_name(code: str) -> str:
    """A language's English name; its code where CLDR has none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code).get_display_name("en") or code
    except (UnknownLocaleError, ValueError):
        return code


def words(one: Covered) -> str:
    """What covers a state, in half a line."""
    counts = Counter(feed.source.trust.value for feed in one.feeds)
    trust = "/".join(counts)
    feeds = counted(len(one.feeds), "feed")
    return f"{feeds} ({', '.join(one.kinds)}), {trust}, {one.health}"


def by_trust(covered: Sequence[Covered]) -> dict[str, Tile]:
    """The tiles of a map that tells how sure the files are."""
    return {one.code: Tile(shade=SURE[one.trust], words=words(one)) for one in covered}


def by_health(covered: Sequence[Covered]) -> dict[str, Tile]:
    """The tiles of a map that tells how well the feeds are."""
    return {one.code: Tile(shade=WELL[one.health], words=words(one)) for one in covered}


def page(found: Coverage) -> str:
    """The whole as one HTML page that loads nothing, with a map of how sure and one of how well."""
    from digest.world_map import legend, swatch, without_a_tile, world_map
    from pollwatch.pages import drawn
    from pollwatch.pages import page as rendered

    is_tried = any(one.health is not Health.UNTRIED for one in found.states)
    wanted = [("How sure the files are", by_trust(found.states), tuple(SURE.values()))]
    if is_tried:
        wanted.append(("How well the feeds are", by_health(found.states), tuple(WELL.values())))
    maps = [
        {
            "heading": heading,
            "svg": drawn(world_map(tiles, title=heading, unknown="no source")),
            "legend": [
                (drawn(swatch(shade)), shade.name, count)
                for shade, count in legend(tiles, shades)
                if count
            ],
        }
        for heading, tiles, shades in wanted
    ]
    return rendered(
        "coverage.html",
        found=found,
        maps=maps,
        is_tried=is_tried,
        beside=[name_of(code) for code in without_a_tile([one.code for one in found.states])],
        missing=sorted(name_of(code) for code in _states_only(found.missing)),
    )


def _states_only(codes: Sequence[str]) -> list[str]:
    """Without territories, which nobody expects to have a ministry: those have no tile."""
    from digest.world_map import without_a_tile

    left_out = set(without_a_tile(codes))
    return [code for code in codes if code not in left_out]


def _covered(code: str, name: str, feeds: Sequence[WatchedFeed]) -> Covered:
    return Covered(code=code, name=name, feeds=tuple(feeds))


def _name(one: Covered) -> str:
    return one.name
