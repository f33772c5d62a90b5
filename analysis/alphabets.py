"""Which letters does each language write?

A script that one language writes tells which it is. Where several share a script, a letter that
one of them lacks speaks against it: in Cyrillic and Arabic it decides, for letters are all that
differs there; in Latin, where any text may name Wałęsa, it only weighs.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import lru_cache

from analysis.letters import VIETNAMESE


class Script(StrEnum):
    """A script, by what its letters look like in a regular expression."""

    LATIN = "a-z\u00df-\u024f\u1e00-\u1eff"
    CYRILLIC = "\u0400-\u04ff"
    ARABIC = "\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc"
    HAN = "\u3400-\u9fff\uf900-\ufaff"
    KANA = "\u3041-\u30ff\uff66-\uff9d"
    HANGUL = "\u1100-\u11ff\uac00-\ud7a3"
    GREEK = "\u0370-\u03ff\u1f00-\u1fff"
    HEBREW = "\u05d0-\u05ea\ufb1d-\ufb4f"
    ARMENIAN = "\u0561-\u0588"
    GEORGIAN = "\u10d0-\u10ff"
    DEVANAGARI = "\u0904-\u0963"
    BENGALI = "\u0985-\u09e1"
    THAI = "\u0e01-\u0e4e"


CYRILLIC = {
    "be": "абвгґдеёжзійклмнопрстуўфхцчшыьэюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюяѝ",
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "az": "абвгғдеәжзиыјкҝлмноөпрстуүфхһчҹшйэюя",
    **dict.fromkeys(("sr", "bs"), "абвгдђежзијклљмнњопрстћуфхцчџш"),
}
_ALL_ARABIC = "ابتثجحخدذرزسشصضطظعغفقلمنوءآأؤئ"
ARABIC = {
    "ar": f"{_ALL_ARABIC}هكيةىإٱ",
    "fa": f"{_ALL_ARABIC}هپچژگکیۀ",
    "ur": f"{_ALL_ARABIC}هپچژگکیٹڈڑںےہھۂۓ",
}
# Beside the letters of English.
LATIN = {
    "az": "çəğıöşü", "bs": "čćđšž", "ca": "àçéèíïóòúü", "cs": "áčďéěíňóřšťúůýž", "da": "æøåé",
    "de": "äöüß", "en": "", "es": "áéíñóúü", "et": "äõöüšž", "fi": "äöåšž",
    "fr": "àâæçéèêëîïôœùûüÿ", "ga": "áéíóú", "hr": "čćđšž", "hu": "áéíóöőúüű", "id": "",
    "is": "áðéíóúýþæö", "it": "àèéìíîòóùú", "kk": "äáğǵıñńöóşśūúüýž", "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž", "ms": "", "mt": "ċġħżàèìòù", "nl": "ëïóöèáéü", "no": "æøåéèêóòôàü",
    "pl": "ąćęłńóśźż", "pt": "áâãàçéêíóôõúü", "ro": "ăâîșțşţ", "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšž", "sq": "çë", "sr": "čćđšž", "sv": "åäöé", "sw": "", "tr": "çğıöşüâîû",
    "vi": "".join(sorted(VIETNAMESE | set("âêôơưăđ"))),
}  # fmt: skip

WRITTEN: Mapping[Script, Collection[str]] = {
    Script.LATIN: LATIN.keys(),
    Script.CYRILLIC: CYRILLIC.keys(),
    Script.ARABIC: ARABIC.keys(),
    Script.HAN: ("zh", "ja"),
    Script.KANA: ("ja",),
    Script.HANGUL: ("ko",),
    Script.GREEK: ("el",),
    Script.HEBREW: ("he",),
    Script.ARMENIAN: ("hy",),
    Script.GEORGIAN: ("ka",),
    Script.DEVANAGARI: ("hi",),
    Script.BENGALI: ("bn",),
    Script.THAI: ("th",),
}
ALPHABETS = {Script.CYRILLIC: CYRILLIC, Script.ARABIC: ARABIC, Script.LATIN: LATIN}

# Names and acronyms stand in Latin everywhere, and one sign of China says a whole word.
WEIGHTS = {Script.LATIN: 0.4, Script.HAN: 2.0, Script.KANA: 3.0, Script.HANGUL: 2.0}
STRAY = 0.02
"""As many letters of other languages as names and quotations bring along."""


def written_by(text: str) -> dict[str, int]:
    """The languages whose letters a text is made of, each with how many letters it lacks.

    Empty for a text without letters, or in a script that nobody here reads.

    >>> written_by("Вибори в Україні"), written_by("Εκλογές")
    ({'uk': 0}, {'el': 0})
    """
    low = unicodedata.normalize("NFC", text.replace("İ", "i").lower())
    found: dict[Script, dict[str, int]] = {}
    for letter, count in Counter(low).items():
        if (script := _script(letter)) is not None:
            found.setdefault(script, {})[letter] = count
    if not found:
        return {}
    main = _main(found)
    alphabets = ALPHABETS.get(main)
    if alphabets is None:
        return dict.fromkeys(WRITTEN[main], 0)
    if main is Script.LATIN:
        signed = [letter for letter in found[main] if not letter.isascii()]
        return {
            code: sum(letter not in alphabet for letter in signed)
            for code, alphabet in alphabets.items()
        }
    return dict.fromkeys(_own(alphabets, found[main]), 0)


def _main(found: Mapping[Script, Mapping[str, int]]) -> Script:
    weights = {
        script: sum(letters.values()) * WEIGHTS.get(script, 1) for script, letters in found.items()
    }
    main = max(weights, key=weights.__getitem__)
    # Kana come between Chinese characters wherever Japanese says a sentence.
    return Script.KANA if main is Script.HAN and Script.KANA in found else main


def _own(alphabets: Mapping[str, str], letters: Mapping[str, int]) -> list[str]:
    """The languages whose alphabets have the letters, or as good as all of them."""
    strange = {
        code: sum(count for letter, count in letters.items() if letter not in alphabet)
        for code, alphabet in alphabets.items()
    }
    most = min(strange.values()) + STRAY * sum(letters.values())
    return [code for code, count in strange.items() if count <= most]


@lru_cache(maxsize=4096)
def _script(letter: str) -> Script | None:
    return next((script for script in Script if re.fullmatch(f"[{script}]", letter)), None)
