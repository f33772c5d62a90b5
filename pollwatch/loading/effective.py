"""What does each option say here, and who says so?"""

from __future__ import annotations

from dataclasses import dataclass

from pollwatch.loading.config import Config

DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectiveOption:
    """One option as it holds here, fit to be shown: secrets are starred out."""

    section: str
    name: str
    value: object
    """As one would write it in ``settings.toml``; None where nothing is set."""
    origin: str
    """``default``, a file with its line, a variable, or the command line."""


def effective_options(config: Config) -> tuple[EffectiveOption, ...]:
    """All options, in the order in which they are documented."""
    return tuple(
        EffectiveOption(
            section=section,
            name=name,
            value=value,
            origin=config.origins.get(f"{section}.{name}", DEFAULT),
        )
        for section, options in config.settings.model_dump(mode="json").items()
        for name, value in options.items()
    )
