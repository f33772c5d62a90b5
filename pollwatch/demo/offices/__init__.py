"""The press offices of the town: who they are, what they publish, and who is trouble."""

from __future__ import annotations

from collections.abc import Collection

from pollwatch.demo.answers import Offices
from pollwatch.demo.offices.press import press_offices
from pollwatch.demo.offices.printing import print_office
from pollwatch.demo.offices.relaunching import relaunch
from pollwatch.demo.offices.trouble import with_trouble

__all__ = ["town_offices"]


def town_offices(*, relaunched: Collection[str] = ()) -> Offices:
    """Every office of the town with all its paths, as ``Town`` takes them; some on new sites."""
    offices = {
        office.host: relaunch(office) if office.host in relaunched else office
        for office in press_offices()
    }
    printed = {host: print_office(office) for host, office in offices.items()}
    return with_trouble(offices, printed)
