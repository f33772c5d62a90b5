"""docs/problems.md says of every kind of problem what to do."""

import re
from pathlib import Path

import pytest

from domain.poll import Code

PAGE = (Path(__file__).parents[3] / "docs" / "problems.md").read_text(encoding="utf-8")


def test_every_code_has_a_section_in_the_order_of_the_code():
    assert re.findall(r"^## (.+)$", PAGE, re.MULTILINE) == [code.value for code in Code]


@pytest.mark.parametrize("code", Code)
def test_a_section_says_what_it_means_why_and_what_to_do(code):
    section = PAGE.partition(f"## {code}\n")[2].partition("\n## ")[0]

    assert re.findall(r"^\*\*(.+?):\*\*", section, re.MULTILINE) == ["Means", "Likely", "To do"]
