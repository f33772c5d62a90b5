"""What does a language join to its words, whatever the word?

Nobody need write it in a keyword file: the clitics of Arabic and Hebrew, the changed beginnings of
Irish and the verbs of Swahili in front; the particles of Korean, the little words of Indonesian and
the plural of Persian behind. What changes with the word itself, cases and compounds, is for stars.

All as regular expressions over folded text.
"""

from __future__ import annotations

# And, so; then with, like, the; "for the" loses a letter.
ARABIC_ARTICLE = "ال"
LETTERS_WITH_ARTICLE = 5
"""In shorter words the two letters may be part of the word."""
ARABIC_DEFINITE = "[وف]?(?:[بك]?ال|لل)"
ARABIC = f"(?:{ARABIC_DEFINITE}|[وف]?[بكلس]?)"
HEBREW = "[והבכלמש]{0,3}"
# Who and when, as one word with the verb: walipiga, atakayepiga, kupiga.
SWAHILI = (
    "(?:ku|(?:ni|u|a|tu|m|wa|i|ya|li|ki|vi|zi|pa)(?:li|na|ta|taka|me|ka)(?:o|ye|cho|vyo|po|zo)?)?"
)
# Lenition adds an h, eclipsis a letter in front: toghchán, thoghchán, dtoghchán.
IRISH = {
    "b": "(?:m?b|bh)", "c": "(?:g?c|ch)", "d": "(?:n?d|dh)", "f": "(?:(?:bh)?f|fh)",
    "g": "(?:n?g|gh)", "m": "mh?", "p": "(?:b?p|ph)", "s": "(?:t?s|sh)", "t": "(?:d?t|th)",
    "v": "(?:(?:bh)?v|vh)",
    **{vowel: f"[hnt]?{vowel}" for vowel in "aeiou"},
}  # fmt: skip
LETTERS_OF_IRISH = 4
"""In shorter words a letter more makes another word."""

KOREAN = (
    "들?(?:은|는|이|가|을|를|의|과|와|도|만|로|으로|에|에서|에게|에게서|께|께서|한테|부터|까지|보다"
    "|처럼|만큼|마다|마저|조차|밖에|이나|나|이든|든|이라도|라도|이란|란|이라|라|이라고|라고|이라는"
    "|라는|이며|며|이고|고|이자|자|이지만|지만|로서|로써|으로서|으로써|로부터|으로부터|로의|으로의"
    "|에는|에도|에만|에의|에까지|에서는|에서의|에서도|에서만|에서부터|에게는|에게도|으로는|로는"
    "|으로도|로도|으로만|로만|와의|과의|와는|과는|와도|과도|부터는|부터의|까지의|까지는|까지도"
    "|만은|만이|만을|만의|보다는|이다|이었다|였다|입니다|이었습니다|였습니다|인|일|임)?"
)
ENDINGS = {
    "ko": KOREAN,
    **dict.fromkeys(("id", "ms"), "(?:nya|lah|kah|pun)?"),
    "sw": "(?:ni)?",
    "fa": "(?:ها(?:يي?)?)?",
}

LOOSE = frozenset({"ko", "fa", "ur"})
"""Compounds come there with a space, without one, or with half of one."""


def in_front(core: str, language: str) -> tuple[str, str]:
    """What a folded word may begin with, and the rest of it, which never changes.

    >>> in_front("toghchan", "ga"), in_front("election", "en")
    (('(?:d?t|th)', 'oghchan'), ('', 'election'))
    """
    if language == "ar" and core.startswith(ARABIC_ARTICLE) and len(core) >= LETTERS_WITH_ARTICLE:
        return ARABIC_DEFINITE, core.removeprefix(ARABIC_ARTICLE)
    if language == "ga" and core[0] in IRISH and len(core) >= LETTERS_OF_IRISH:
        return IRISH[core[0]], core[1:]
    return {"ar": ARABIC, "he": HEBREW, "sw": SWAHILI}.get(language, ""), core
