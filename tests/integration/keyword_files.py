"""A configuration whose topic says little, for tests that are about one file of it."""

from __future__ import annotations

from pathlib import Path

from pollwatch.loading.folders import shipped


def keywords_of_one_language(folder: Path, english: str) -> Path:
    """The file of English keywords in a new configuration; other languages look for one word.

    The shipped files hold thirty thousand keywords, which take seconds to be read and compared.
    """
    topic = folder / "topics" / "elections"
    topic.mkdir(parents=True)
    for shipped_file in (shipped() / "topics" / "elections").glob("*.yaml"):
        if shipped_file.stem != "topic":
            (topic / shipped_file.name).write_text(f"strong: |\n  zzz{shipped_file.stem}zzz\n")
    path = topic / "en.yaml"
    path.write_text(english)
    return path
