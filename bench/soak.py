"""Does the daemon grow with its polls?

The daemon with a clock that hurries, on the loopback, against offices that have nothing new. Its
memory and its open files are read from its own figures. Printed: what a poll adds to its memory,
over all polls but the first 2 000, and the fewest and most open files.

    python bench/soak.py [POLLS]
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from socket import socket
from statistics import linear_regression
from urllib.request import urlopen

from press import town, write_config

DRIVER = Path(__file__).parents[1] / "tests" / "e2e" / "fast_daemon.py"
OFFICES = 40
SPEED = 1200
EVERY = 100
"""Polls between two looks."""
WARM = 2_000
MOST_KB = 1.0


def main(polls: int) -> None:
    port, ours = free_port(), free_port()
    with town(hosts=OFFICES, entries=1, port=port), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_config(folder, hosts=OFFICES, port=port)
        for file in folder.glob("sources/xx/*.yaml"):
            file.write_text(file.read_text() + "    every: 1m\n")
        daemon = subprocess.Popen(
            [sys.executable, str(DRIVER), name, f"{name}/soak.db", str(SPEED), str(ours)],
            stderr=subprocess.DEVNULL,
        )
        try:
            seen = list(looks(ours, polls))
        finally:
            daemon.terminate()
            code = daemon.wait(timeout=30)
    report(seen, code)


def looks(port: int, polls: int) -> Iterator[tuple[float, float, float]]:
    """Polls so far, bytes of memory, open files; again and again until the polls are done."""
    count = 0.0
    while count < polls:
        time.sleep(0.2)
        try:
            with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
                text = answer.read().decode()
        except OSError:
            continue
        done = sum(
            float(n) for n in re.findall(r"^pollwatch_polls_total\{.*\} (.*)$", text, re.MULTILINE)
        )
        if done >= count + EVERY:
            count = done
            yield (
                done,
                figure(text, "process_resident_memory_bytes"),
                figure(text, "process_open_fds"),
            )


def figure(text: str, name: str) -> float:
    found = re.search(rf"^{name} (.*)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def report(seen: list[tuple[float, float, float]], code: int) -> None:
    warm = [look for look in seen if look[0] >= WARM]
    slope = linear_regression([n for n, _, _ in warm], [held / 1024 for _, held, _ in warm]).slope
    files = [count for _, _, count in warm]
    first, last = warm[0], warm[-1]
    print(f"{last[0]:.0f} polls; memory {first[1] / 2**20:.1f} MB at {first[0]:.0f},", end=" ")
    print(f"{last[1] / 2**20:.1f} MB at the end: {slope:+.3f} KB a poll (at most {MOST_KB:g})")
    print(f"open files {min(files):.0f} to {max(files):.0f}; stopped with {code}")
    if slope > MOST_KB or code:
        sys.exit(1)


def free_port() -> int:
    with socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10_000)
