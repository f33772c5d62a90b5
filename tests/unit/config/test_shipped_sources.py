"""Does the catalogue that comes with the program name the right voices, honestly?"""

import os
import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from domain.actors import is_state
from domain.source import Source, Trust
from pollwatch.loading import load, shipped

SOURCES = load(None, environ={}).sources
FEEDS = tuple(feed for source in SOURCES for feed in source.feeds)
FILES = sorted((shipped() / "sources").glob("*/*.yaml"))

# The institutions whose words on the votes of March 2024 began it all.
FOUNDING_INSTITUTIONS = (
    "eu_council eu_eeas eu_ec pl_mfa jp_mofa jp_kantei de_aa gb_fcdo us_state ca_gac ua_mfa "
    "ua_president fr_mfa ee_vm lv_mfa lt_mfa no_gov se_gov it_mae cz_mzv md_mfa ge_mfa tr_mfa "
    "cn_mfa in_mea int_un int_un_sg int_icc int_coe int_pace int_osce int_oscepa int_odihr int_g7"
).split()
# Whose position the record of that vote holds, as far as an address for them is known.
FOUNDING_ACTORS = (
    "EU PL JP DE GB US CA UA FR EE LV LT NO SE IT CZ MD GE TR CN IN IR SA QA AE UN ICC COE OSCE G7"
).split()
# Signed the joint statement of 15 March 2024, as far as an address for them is known.
SIGNATORIES = (
    "UA AR AU BE BG CA CL CZ EE FI FR GE DE IE IS IL IT JP LV LT LU MT NL NZ NO PL PT KR MD RO "
    "SK SI ES SE CH GB US UY EU"
).split()


STATES_AND_UNION = [
    source for source in SOURCES if is_state(source.country) or source.country == "EU"
]
BODIES = [source for source in SOURCES if source not in STATES_AND_UNION]


# The record gives these as a form to fill in, or the addresses of releases under them.
COMPOSED = ["ch_news/news", "eg_mfa/elections", "int_oscepa/press", "sa_spa/elections"]
FACTS = os.environ.get("POLLWATCH_FACTS", "")


def addresses(source: Source) -> tuple[str, ...]:
    return (source.home or "", *(feed.url for feed in source.feeds))


def ids(sources: Iterable[Source]) -> list[str]:
    return [source.id for source in sources]


def test_every_file_is_a_source_that_is_switched_on():
    assert ids(SOURCES) == [file.stem for file in FILES]


@pytest.mark.parametrize("institution", FOUNDING_INSTITUTIONS)
def test_an_institution_of_the_founding_case_is_watched(institution: str):
    assert institution in ids(SOURCES)


@pytest.mark.parametrize("actor", sorted({*FOUNDING_ACTORS, *SIGNATORIES}))
def test_an_actor_of_the_founding_case_has_a_voice(actor: str):
    assert actor in {source.speaks_for for source in SOURCES}


def test_files_of_states_and_of_the_union_begin_with_their_code():
    named = [source.country.lower() + "_" for source in STATES_AND_UNION]

    assert [name[:3] for name in ids(STATES_AND_UNION)] == named


def test_files_of_other_bodies_begin_with_int():
    assert {name[:4] for name in ids(BODIES)} == {"int_"}


def test_parliaments_news_services_and_observers_speak_for_nobody():
    assert (
        ids(source for source in SOURCES if not source.speaks_for)
        == (
            "dj_un_news eu_eom eu_parliament int_anfrel int_carter int_ifes int_iri int_ndi "
            "int_un_news mz_iom sa_spa ua_rada vu_un_sg"
        ).split()
    )


def test_the_catalogue_holds_most_states_of_the_world():
    assert len({source.country for source in SOURCES if is_state(source.country)}) >= 180


def test_the_catalogue_holds_more_institutions_than_states():
    assert len(SOURCES) >= 220


def test_no_source_speaks_for_another_country():
    assert (
        ids(source for source in SOURCES if source.speaks_for not in {source.country, None}) == []
    )


def test_no_source_claims_a_check_that_was_not_made():
    assert {source.trust for source in SOURCES} == {Trust.RECONSTRUCTED, Trust.UNVERIFIED}


def test_every_file_says_how_far_it_can_be_trusted():
    said = re.compile(r"^trust: (reconstructed|unverified)  # .{10,}$", re.MULTILINE)
    silent = [file.stem for file in FILES if not said.search(file.read_text(encoding="utf-8"))]

    assert silent == []


def test_sources_that_publish_in_another_language_than_english_name_themselves_in_it():
    foreign = [source for source in SOURCES if source.languages[0] != "en"]

    # The Francophonie's English name is its French one.
    assert ids(source for source in foreign if not source.own_name) == ["int_oif"]


@pytest.mark.skipif(not FACTS, reason="POLLWATCH_FACTS names no folder")
def test_every_address_stands_in_the_record_of_what_is_known():
    record = "\n".join(file.read_text(encoding="utf-8") for file in Path(FACTS).glob("*.*"))
    unknown = [feed.id for feed in FEEDS if feed.url.rstrip("/") not in record]

    assert unknown == COMPOSED


@pytest.mark.skipif(not FACTS, reason="POLLWATCH_FACTS names no folder")
def test_every_host_stands_in_the_record_of_what_is_known():
    record = "\n".join(file.read_text(encoding="utf-8") for file in Path(FACTS).glob("*.*"))
    known = set(re.findall(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", record))
    asked = {urlsplit(url).hostname for source in SOURCES for url in addresses(source)}

    assert asked - known == set()


def test_every_address_names_a_public_host_and_nobody_who_signs_in():
    public = re.compile(r"https?://([a-z0-9-]+\.)+[a-z]{2,}/\S*")

    assert [feed.id for feed in FEEDS if not public.fullmatch(feed.url)] == []


def test_no_two_feeds_share_an_address():
    counts = Counter(feed.url for feed in FEEDS)

    assert [url for url, count in counts.items() if count > 1] == []


def test_no_two_institutions_share_a_name():
    counts = Counter(source.name for source in SOURCES)

    assert [name for name, count in counts.items() if count > 1] == []


def test_every_source_names_the_zone_of_its_dates():
    assert ids(source for source in SOURCES if "/" not in source.zone) == []


def test_every_source_names_its_home():
    assert ids(source for source in SOURCES if not source.home) == []


def test_no_press_office_is_asked_more_often_than_three_times_an_hour():
    assert min(feed.every for feed in FEEDS) == timedelta(minutes=20)


def test_ids_of_feeds_leave_room_for_names_in_a_list_of_80_columns():
    assert [feed.id for feed in FEEDS if len(feed.id) > len("sa_mofa/statements")] == []
