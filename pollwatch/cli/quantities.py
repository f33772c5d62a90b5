"""Which quantities does the command line take, beside plain numbers?"""

from __future__ import annotations

from datetime import timedelta

import click

# "--since 9999y" means everything, and must not leave the calendar.
LONGEST_SPAN = timedelta(days=365 * 100)


class Span(click.ParamType[timedelta]):
    """A length of time, written as everywhere else: 12h, 7d."""

    name = "span"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """The length of time, or a usage error that says what to write."""
        from pollwatch.loading.quantities import duration

        try:
            return duration(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Share(click.ParamType[float]):
    """A part of a whole, in per cent; 5% comes as 0.05."""

    name = "share"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The part, or a usage error that says what to write."""
        try:
            share = float(value.removesuffix("%")) / 100
        except ValueError:
            share = -1.0
        if not 0 <= share <= 1:
            self.fail(f"'{value}' is no share; write for example 5%", param, ctx)
        return share
