"""The map of tiles: every state once, readable without colour, safe whatever it says."""

from __future__ import annotations

from collections import Counter

import pytest
from lxml import etree

from digest.world_map import BLUE, Shade, Tile, layout, legend, swatch, without_a_tile, world_map
from domain.actors import STATES

SHADE = Shade(name="well", mark="✓", fill=BLUE[0], ink=BLUE[1])
SVG = "{http://www.w3.org/2000/svg}"
# The members of the United Nations by their letters, with the Holy See, Palestine, Kosovo, Taiwan.
STATES_OF_THE_WORLD = frozenset(
    "AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF "
    "CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD "
    "GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP "
    "KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY "
    "MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PT PW PY QA RO RS RU RW SA SB SC SD SE SG "
    "SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ VA VC "
    "VE VN VU WS YE ZA ZM ZW PS XK TW".split()
)


def drawn(tiles):
    return etree.fromstring(world_map(tiles, title="How well", unknown="no source"))


def words(tree):
    return [element.text for element in tree.iter(f"{SVG}title")]


def test_all_states_have_a_tile_and_no_more_than_one():
    counts = Counter(code for row in layout() for code in row if code != "..")

    assert STATES_OF_THE_WORLD - counts.keys() == set()
    assert counts.keys() - STATES.keys() == set()
    assert max(counts.values()) == 1


def test_all_rows_are_equally_long():
    assert {len(row) for row in layout()} == {27}


@pytest.mark.parametrize(
    ("west", "east"), [("PT", "ES"), ("FR", "DE"), ("PL", "UA"), ("US", "GB"), ("IN", "JP")]
)
def test_what_lies_west_stands_left(west, east):
    place = {code: column for row in layout() for column, code in enumerate(row)}

    assert place[west] < place[east]


def test_a_tile_says_in_words_what_its_colour_and_its_mark_say():
    tree = drawn({"PL": Tile(shade=SHADE, words="1 feed, well")})
    poland = next(one for one in tree.iter(f"{SVG}g") if one[0].text == "Poland: 1 feed, well")

    assert [text.text for text in poland.iter(f"{SVG}text")] == ["PL", "✓"]
    assert poland.find(f"{SVG}rect").get("fill") == "#0b4f8a"


def test_a_state_of_which_nothing_is_said_says_so():
    assert "Malta: no source" in words(drawn({}))


def test_a_state_without_a_tile_is_named_beside_the_map():
    assert without_a_tile(["PL", "HK", "FO"]) == ("HK", "FO")


@pytest.mark.parametrize(
    "hostile", ["</title><script>alert(1)</script>", '" onload="x', "a\u202eb\x00\x1b[31m", "& <b>"]
)
def test_no_words_can_break_out_of_the_map(hostile):
    tree = drawn({"PL": Tile(shade=SHADE, words=hostile)})

    assert {one.tag.removeprefix(SVG) for one in tree.iter()} == {
        "svg",
        "title",
        "style",
        "g",
        "rect",
        "text",
    }
    assert [one for element in tree.iter() for one in element.attrib if one.startswith("on")] == []


def test_a_legend_counts_the_tiles_of_each_shade():
    other = Shade(name="silent", mark="…", fill="#fff", ink="#000")
    tiles = {"PL": Tile(shade=SHADE, words=""), "DE": Tile(shade=SHADE, words="")}

    assert list(legend(tiles, (SHADE, other))) == [(SHADE, 2), (other, 0)]


def test_a_swatch_is_as_its_tiles_are():
    swatched = etree.fromstring(swatch(SHADE))

    assert (swatched[0].get("fill"), swatched[1].text) == ("#0b4f8a", "✓")
