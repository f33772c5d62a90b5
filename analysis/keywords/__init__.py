"""Which words of our topics does a text hold, and what do they make of it?

``compile_topics`` makes topics ready, ``Keywords.match`` judges a text by them, ``parse_term``
checks one line of a keyword file.
"""

from analysis.keywords.compiled import Keywords, compile_topics
from analysis.keywords.terms import Pattern, Word, parse_term

__all__ = ["Keywords", "Pattern", "Word", "compile_topics", "parse_term"]
