"""How long does an edit of the keywords take over a million stored releases?

Some lines are added to the English file, one is taken away, one weighs otherwise. Measured: the
backtest, seconds and memory; carrying the edit out, ended once by kill -9 on the way and called
again. Beside it, in the same run, the plain way: every text of a sample judged whole, by which one
can tell how long all would take; both ways must come to the same.

    python bench/rejudging.py [RELEASES]
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from archive import make

from analysis.keywords import compile_topics
from domain.rules import Judged
from pollwatch.loading import load
from storage.database import Database
from storage.judgements import Judgements

RELEASES = 1_000_000
SAMPLE = 2_000
"""All different ones."""
KILL_AFTER_S = 25
EDIT = """
extends: shipped
strong: |
  trade climate dialogue
  embassy citizens border
  security council delegation
  border assistance
  snap poll*
  zebra crossing*
weak: |
  urn*
without: |
  election observ*
  voter*
"""


def pollwatch(file: Path, config: Path, *words: str) -> subprocess.Popen[bytes]:
    command = [
        sys.executable, "-m", "pollwatch", "keywords", *words,
        "--db", f"sqlite:///{file}", "--config", str(config),
    ]  # fmt: skip
    return subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)


def plain_way(file: Path, config: Path) -> tuple[float, int]:
    """Seconds for judging a sample whole, and how many of it turn."""
    new = compile_topics(load(config, environ={}).topics)
    judgements = Judgements(Database(f"sqlite:///{file}"))
    sample = Judged(first=1, last=SAMPLE, rules="")
    began = time.monotonic()
    texts = judgements.texts(judgements.ids(sample), version=-1)
    after = {
        text_id: any(m.is_match for m in new.match(one.title, one.text, one.language))
        for text_id, one in texts.items()
    }
    spent = time.monotonic() - began
    before = judgements.matches(texts)
    turned = [
        text_id
        for text_id, is_match in after.items()
        if is_match is not any(match.is_match for match in before.get(text_id, ()))
    ]
    return spent, len(turned)


def main() -> None:
    releases = int(sys.argv[1]) if len(sys.argv) > 1 else RELEASES
    os.environ.pop("POLLWATCH_CONFIG", None)
    with tempfile.TemporaryDirectory() as name:
        file, config = Path(name) / "archive.db", Path(name) / "config"
        (config / "topics" / "elections").mkdir(parents=True)
        (config / "topics" / "elections" / "en.yaml").write_text(EDIT)
        (config / "settings.toml").write_text("[sources]\nshipped = false\n")
        began = time.monotonic()
        make(file, releases=releases)
        size = file.stat().st_size / 1e9
        print(f"{releases:,} releases, {size:.1f} GB, made in {time.monotonic() - began:.0f} s")
        report_backtest(file, config, releases)
        report_apply(file, config)


def report_backtest(file: Path, config: Path, releases: int) -> None:
    began = time.monotonic()
    child = pollwatch(file, config, "backtest", "--json")
    printed, _ = child.communicate()
    spent = time.monotonic() - began
    total = json.loads(printed.splitlines()[-1])
    # The largest process; there are as many workers as cores, and one that collects.
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    sample_s, turned = plain_way(file, config)
    whole = sample_s * releases / SAMPLE / (os.cpu_count() or 1)
    expected = turned * releases // SAMPLE
    found = total["newly_in"] + total["no_longer"]
    print(f"backtest: {spent:.0f} s, the largest process {memory:.0f} MB; {found:,} releases turn")
    print(f"the plain way: {whole:.0f} s on all cores, {expected:,} turn; {whole / spent:.0f} ×")
    if found != expected:
        sys.exit("the two ways differ")


def report_apply(file: Path, config: Path) -> None:
    began = time.monotonic()
    child = pollwatch(file, config, "apply")
    try:
        child.wait(KILL_AFTER_S)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, 9)
        child.wait()
    left = Judgements(Database(f"sqlite:///{file}")).left(
        compile_topics(load(config, environ={}).topics).rules
    )
    child = pollwatch(file, config, "apply")
    child.communicate()
    print(f"apply: {time.monotonic() - began:.0f} s, killed once with {left:,} left to judge")


if __name__ == "__main__":
    main()
