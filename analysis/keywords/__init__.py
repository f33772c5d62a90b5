"""Which words of our topics does a text hold, and what do they make of it?

``compile_topics`` makes topics ready, ``Keywords.match`` judges a text by them, ``parse_term``
checks one line of a keyword file, ``dead_terms`` all of them together, and a ``Passage`` is a text
made ready to be read.
"""

from analysis.keywords.compiled import Keywords, compile_topics
from analysis.keywords.dead import DeadTerm, Death, dead_terms
from analysis.keywords.explaining import Explanation, Finding
from analysis.keywords.passage import Passage
from analysis.keywords.terms import Pattern, Word, parse_term

__all__ = [
    "DeadTerm",
    "Death",
    "Explanation",
    "Finding",
    "Keywords",
    "Passage",
    "Pattern",
    "Word",
    "compile_topics",
    "dead_terms",
    "parse_term",
]
