"""What does a stored release cost, and what a poll of an unchanged feed?

CPU time of whole processes, pollwatch and a bare Scrapy script in turn on the same pages; the
cost of one more release or poll is the difference of a large and a small run, so that start-up
cancels out. Printed: milliseconds each, and the ratio, which is what travels to other machines.

    make bench
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from socket import socket
from statistics import median

from press import ENTRIES, town, write_config

HERE = Path(__file__).parent
ROUNDS = 5
COLLECT = (2, 22)
POLL = (20, 620)


def cpu(*command: str, expect: int = 0) -> tuple[float, str]:
    """CPU seconds of a command and its children, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != expect:
        sys.exit(f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, done.stdout


def pollwatch(folder: Path, *more: str) -> tuple[float, dict[str, object]]:
    spent, printed = cpu(
        sys.executable, "-m", "pollwatch", "run", "--json", *more,
        "--config", str(folder), "--db", str(folder / "bench.db"),
    )  # fmt: skip
    return spent, json.loads(printed.splitlines()[-1])


def bare(folder: Path, job: str, hosts: int, port: int) -> float:
    spent, _ = cpu(
        sys.executable, str(HERE / "bare.py"), job, str(hosts), str(port), str(folder / "bare.db")
    )
    return spent


def collect(hosts: int) -> tuple[float, float]:
    """CPU seconds of pollwatch and of the bare script for all releases of some offices."""
    port = free_port()
    with town(hosts=hosts, entries=ENTRIES, port=port), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_config(folder, hosts=hosts, port=port)
        ours, result = pollwatch(folder)
        if result["releases"] != hosts * ENTRIES:
            sys.exit(f"pollwatch stored {result['releases']} instead of {hosts * ENTRIES}")
        return ours, bare(folder, "collect", hosts, port)


def poll(hosts: int) -> tuple[float, float]:
    """CPU seconds of both for asking some unchanged feeds once."""
    port = free_port()
    with town(hosts=hosts, entries=1, port=port), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_config(folder, hosts=hosts, port=port)
        pollwatch(folder)
        ours, result = pollwatch(folder, "--all")
        outcomes = {feed["outcome"] for feed in result["feeds"]}
        if outcomes != {"unchanged"}:
            sys.exit(f"the feeds should be unchanged, but were {outcomes}")
        return ours, bare(folder, "poll", hosts, port)


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def marginal(job, few: int, many: int, units: int) -> tuple[float, float]:
    """Milliseconds one more unit costs pollwatch and the bare script."""
    small, large = job(few), job(many)
    return tuple((large[i] - small[i]) * 1000 / ((many - few) * units) for i in (0, 1))


def report(name: str, rounds: list[tuple[float, float]]) -> None:
    ours, theirs = median(r[0] for r in rounds), median(r[1] for r in rounds)
    ratio = median(r[0] / r[1] for r in rounds)
    spread = ", ".join(f"{r[0] / r[1]:.2f}" for r in rounds)
    print(f"{name:34}{ours:8.2f} ms{theirs:11.2f} ms{ratio:9.2f} ×   ({spread})")


def main() -> None:
    os.environ.pop("POLLWATCH_CONFIG", None)
    print(f"{'CPU, median of ' + str(ROUNDS):34}{'pollwatch':>11}{'bare':>14}{'ratio':>11}")
    report("a stored release", [marginal(collect, *COLLECT, ENTRIES) for _ in range(ROUNDS)])
    report("a poll of an unchanged feed", [marginal(poll, *POLL, 1) for _ in range(ROUNDS)])


if __name__ == "__main__":
    main()
