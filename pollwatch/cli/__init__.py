"""The command line: one module for each noun."""

import sys


def main() -> None:
    """Run the command line."""
    sys.exit(0)
