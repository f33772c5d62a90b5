import pytest

from domain.actors import BODIES, GROUPS, NAMES, STATES, is_body, is_state, name_of


def test_all_of_iso_3166_and_kosovo_are_states():
    assert len(STATES) == 249 + 1


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("PL", "Poland"),
        ("JP", "Japan"),
        ("DE", "Germany"),
        ("GB", "United Kingdom"),
        ("US", "United States"),
        ("CZ", "Czechia"),
        ("MK", "North Macedonia"),
        ("TR", "Türkiye"),
        ("CI", "Côte d'Ivoire"),
        ("VA", "Holy See"),
        ("XK", "Kosovo"),
        ("EU", "European Union"),
        ("COE", "Council of Europe"),
        ("AFU", "African Union"),
        ("UN-JOINT", "UN member states"),
    ],
)
def test_actors_go_by_their_english_names(code, name):
    assert name_of(code) == name


def test_a_code_that_nobody_knows_stays_as_it_is():
    assert name_of("Q9") == "Q9"


@pytest.mark.parametrize("code", ["UN", "OSCE", "COE", "NATO", "OAS", "AFU", "ICC", "ECOWAS", "EU"])
def test_bodies_are_bodies_and_no_states(code):
    assert is_body(code)
    assert not is_state(code)


@pytest.mark.parametrize("code", ["INT", "XX", "G7", "NB8", "UN-JOINT", "pl", ""])
def test_neither_groups_nor_placeholders_are_states_or_bodies(code):
    assert not is_state(code)
    assert not is_body(code)


def test_no_code_stands_for_two_actors():
    assert len(NAMES) == len(STATES) + len(BODIES) + len(GROUPS) + 2


def test_no_name_stands_for_two_actors():
    assert len(set(NAMES.values())) == len(NAMES)
