"""Whether releases that stand on one page are taken for one."""

import pytest

from analysis.pair import Pair
from tests.builders import a_release, a_text

PAGE = "https://press.economy.example/statements"


@pytest.mark.parametrize(
    ("one", "other", "is_one_address"),
    [
        (f"{PAGE}#vote", f"{PAGE}#talks", False),
        (f"{PAGE}#vote", PAGE, False),
        (f"{PAGE}#vote", f"{PAGE}#vote", True),
        (PAGE, f"{PAGE}/?print=1", True),
    ],
)
def test_two_parts_of_a_page_are_at_two_addresses(one: str, other: str, is_one_address: bool):
    a, b = (a_text(a_release(canonical_url=url)) for url in (one, other))

    assert Pair(a=a, b=b).are_at_one_address is is_one_address
