"""Which language is a text in, and which others are so near that we read them too?"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from typing import TYPE_CHECKING

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
    sample = f"{title}\n{text[:SAMPLE]}"
    if not any(character.isalpha() for character in sample):
        return None
    return _likeliest(sample, among=READ.intersection(codes) or READ)


def _likeliest(sample: str, *, among: Collection[str]) -> str | None:
    ranked = (base_code(label) for label, _ in _identifier().rank(sample))
    return next((code for code in ranked if code in among), None)


@cache
def _identifier() -> LanguageIdentifier:
    # Loads for half a second, so not before there is a text to read.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
