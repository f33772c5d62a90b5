"""How do the pages look that commands leave as files? One template each, beside this module."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup


def page(template: str, **values: Any) -> str:
    """A page that loads nothing; every value in it is escaped but what is marked as markup."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(**values)


def drawn(svg: str) -> Markup:
    """A drawing of ours, whose every text is escaped already."""
    return Markup(svg)  # noqa: S704 - made by digest.world_map, which escapes
