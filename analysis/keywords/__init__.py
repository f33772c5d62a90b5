"""Which words of our topics does a text hold, and what do they make of it?

``compile_topics`` makes topics ready, ``Keywords.match`` judges a text by them, ``parse_term`` says
what one line of a keyword file asks for and ``check_term`` whether it is possible, ``dead_terms``
checks all lines together, ``failing_examples`` and ``failing_forms`` try files by what they say of
themselves, and a ``Passage`` is a text made ready to be read.
"""

from analysis.keywords.compiled import Keywords, compile_topics
from analysis.keywords.dead import DeadTerm, Death, dead_terms
from analysis.keywords.editing import Edit, Term, changed_by
from analysis.keywords.explaining import Explanation, Finding
from analysis.keywords.passage import Passage
from analysis.keywords.terms import Pattern, Word, check_term, parse_term
from analysis.keywords.testing import Failure, failing_examples, failing_forms

__all__ = [
    "DeadTerm",
    "Death",
    "Edit",
    "Explanation",
    "Failure",
    "Finding",
    "Keywords",
    "Passage",
    "Pattern",
    "Term",
    "Word",
    "changed_by",
    "check_term",
    "compile_topics",
    "dead_terms",
    "failing_examples",
    "failing_forms",
    "parse_term",
]
