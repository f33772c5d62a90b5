"""Which words are codes of languages?

Sources, keyword files and subscribers name languages by ISO 639-1, the codes that web pages and
detectors use; a few that governments publish in and that have none go by three letters. A code
that nobody uses would silently match nothing, so it is a mistake. The commonest is to write the
country instead.
"""

from __future__ import annotations

import re

LANGUAGES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
    "hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb "
    "lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om "
    "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw "
    "ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
    "ckb cnr crh fil gag hsb kmr pap prs tet tpi".split()
)
_COUNTRIES_TAKEN_FOR_LANGUAGES = {
    "al": "sq", "at": "de", "by": "be", "cn": "zh", "cz": "cs", "dk": "da",
    "gb": "en", "ge": "ka", "gr": "el", "il": "he", "in": "hi", "ir": "fa", "jp": "ja",
    "kz": "kk", "me": "sr", "md": "ro", "rs": "sr", "ua": "uk", "us": "en", "vn": "vi",
}  # fmt: skip


def language(text: str) -> str:
    """The code itself, if it is one.

    >>> language("uk")
    'uk'
    """
    code = text.strip()
    if code in LANGUAGES:
        return code
    if "," in code:
        raise ValueError(f"'{text}' are several; write a list: [{code}]")
    main = re.split(r"[-_]", code.lower())[0]
    near = _COUNTRIES_TAKEN_FOR_LANGUAGES.get(main, main)
    if near in LANGUAGES:
        raise ValueError(f"'{text}' is no code of a language; write '{near}' instead")
    raise ValueError(f"'{text}' is no code of a language; write one of two letters: en, fr, uk, ja")
