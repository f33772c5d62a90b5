"""A relaunched office: other addresses, other pages, the same texts."""

from __future__ import annotations

import pytest

from pollwatch.demo.offices.press import press_offices
from pollwatch.demo.offices.relaunching import relaunch

OFFICES = {office.id: office for office in press_offices()}


def releases(office):
    return [release for feed in office.feeds for release in feed.releases]


@pytest.fixture(params=["de_aa", "pl_mfa", "jp_mofa"])
def before(request):
    return OFFICES[request.param]


def test_no_address_of_a_release_stays(before):
    old = {release.path for release in releases(before)}
    new = {release.path for release in releases(relaunch(before))}

    assert len(new) == len(old)
    assert not old & new


def test_all_texts_and_listings_stay(before):
    after = relaunch(before)

    assert [feed.path for feed in after.feeds] == [feed.path for feed in before.feeds]
    assert [(one.title, one.paragraphs) for one in releases(after)] == [
        (one.title, one.paragraphs) for one in releases(before)
    ]


def test_pages_of_a_common_style_look_otherwise():
    assert (OFFICES["de_aa"].style, relaunch(OFFICES["de_aa"]).style) == ("article", "portal")
