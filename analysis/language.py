"""Which language is a text in, and in which others do we read it too?

Letters decide first (``alphabets``), then an identifier that counts pairs and triples of them. A
title of ten words leaves it unsure: what comes near the best is read too. So are near relations,
and what other parts of a page are clearly written in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from math import inf
from typing import TYPE_CHECKING

from analysis.alphabets import written_by

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Those whose official texts we read. The identifier knows more, and takes a short title for one
# of them all too easily: Cantonese, Latin, Kyrgyz.
READ = frozenset(
    "ar az be bg bn bs ca cs da de el en es et fa fi fr ga he hi hr hu hy id is it ja ka kk ko "
    "lt lv mk ms mt nl no pl pt ro ru sk sl sq sr sv sw th tr uk ur vi zh".split()
)

# A title of ten words does not tell these apart.
FAMILIES = (
    ("bs", "hr", "sr"),
    ("da", "no", "sv"),
    ("cs", "sk"),
    ("bg", "mk"),
    ("uk", "ru", "be"),
    ("id", "ms"),
)

OTHER_CODES = {
    "nb": "no", "nn": "no", "iw": "he", "in": "id", "mo": "ro", "ji": "yi",
    "sh": "sr", "cnr": "sr", "yue": "zh", "cmn": "zh", "wuu": "zh", "prs": "fa",
}  # fmt: skip
CODE = re.compile("[a-z]{2,3}")
NO_LANGUAGE = frozenset({"und", "mul", "mis", "zxx"})

# Title and lead tell as much as the whole, in a fraction of the time.
SAMPLE = 400
PART = 200
"""As much is looked at of the middle and the end of a long text."""

NEAR = 7.0
"""So much less likely, as a logarithm, and the truth all the same: seen in titles."""
MOST_NEAR = 3
FAMILIAR = 0.15
"""Of the words of a part stand in the beginning too, if both are in one language."""
CLEAR = 15.0
"""A part of a page is in another language only if nothing else comes near."""
AZ_OR_KK = {"az", "kk"}
"""The identifier has never seen Azerbaijani in Cyrillic; Kazakh soon shows letters of its own."""
LACKING = 2.0
"""What a letter that a language does not have weighs against it."""
ENOUGH = 12
"""Of fewer letters everything comes near, so a declared language stands alone."""


# Asked of every label of the identifier for every text.
@lru_cache(maxsize=1024)
def base_code(declared: str) -> str:
    """A language code without region and script, in its usual form.

    Empty for what names no language.

    >>> base_code("pt-BR"), base_code("nb_NO"), base_code("und")
    ('pt', 'no', '')
    """
    code = declared.strip().lower().replace("_", "-").split("-")[0]
    if code in NO_LANGUAGE or CODE.fullmatch(code) is None:
        return ""
    return OTHER_CODES.get(code, code)


def family(language: str | None) -> tuple[str, ...]:
    """A language and its near relations, itself first.

    >>> family("sr"), family("pl"), family(None)
    (('sr', 'bs', 'hr'), ('pl',), ())
    """
    if language is None:
        return ()
    near = next((kin for kin in FAMILIES if language in kin), ())
    return (language, *(kin for kin in near if kin != language))


def detect(title: str, text: str, declared: Sequence[str]) -> str | None:
    """The language of a text: the declared one where that is one, else what its letters say.

    None where there is nothing to read.

    >>> detect("", "", ["de-AT"])
    'de'
    """
    codes = tuple(dict.fromkeys(code for code in map(base_code, declared) if code))
    if len(codes) == 1:
        return codes[0]
    # A page may begin in a script that nobody here reads.
    ranked = [code for code, _ in _ranked(_sample(title, text)) or _ranked(text[-PART:])]
    among = READ.intersection(codes) or READ
    return next((code for code in ranked if code in among), None)


def read_in(title: str, text: str, language: str) -> tuple[str, ...]:
    """Every language that a text is read in: its own first, then those it may as well be.

    One of each family, for its relations are read with it.

    >>> read_in("Comunicado", "A eleição presidencial decorreu de forma pacífica.", "es")
    ('es', 'pt')
    """
    sample = _sample(title, text)
    found = [language]
    if sum(map(str.isalpha, sample)) >= ENOUGH:
        found += _near(sample)
    found += [code for part in _parts(title, text) for code in _clearly(part)]
    relations: set[str] = set()
    codes = []
    for code in found:
        if code not in relations:
            codes.append(code)
            relations.update(family(code))
    return tuple(codes)


def _sample(title: str, text: str) -> str:
    return f"{title}\n{text[:SAMPLE]}"


def _parts(title: str, text: str) -> Iterator[str]:
    """What a page in two languages may have in the other: its title, its middle, its end."""
    begun = text[:SAMPLE].lower().split()
    parts = [title] if len(begun) >= ENOUGH else []
    if len(text) >= SAMPLE + 2 * PART:
        middle = max(SAMPLE, len(text) // 2)
        parts += [text[middle : middle + PART], text[-PART:]]
    known = frozenset(begun)
    for part in parts:
        words = part.lower().split()
        # Little words come again and again; where they do, it is the same language.
        if sum(word in known for word in words) < FAMILIAR * len(words):
            yield part


def _near(sample: str) -> list[str]:
    ranked = _ranked(sample)
    return [code for code, score in ranked if score > ranked[0][1] - NEAR][:MOST_NEAR]


def _clearly(part: str) -> list[str]:
    ranked = _ranked(part)
    is_clear = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] > CLEAR)
    return [ranked[0][0]] if is_clear and sum(map(str.isalpha, part)) >= ENOUGH else []


@lru_cache(maxsize=64)
def _ranked(sample: str) -> tuple[tuple[str, float], ...]:
    """The languages that a text may be in, each with its likelihood as a logarithm."""
    lacking = written_by(sample)
    if len(lacking) <= 1 or lacking.keys() == AZ_OR_KK:
        return tuple((code, 0.0) for code in sorted(lacking))
    scores: dict[str, float] = {}
    for label, score in _identifier().rank(sample):
        code = base_code(label)
        if code in lacking:
            scores[code] = max(scores.get(code, -inf), score - LACKING * lacking[code])
    return tuple(sorted(scores.items(), key=lambda pair: -pair[1]))


@cache
def _identifier() -> LanguageIdentifier:
    # Loads for half a second, so not before there is a text to read.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
