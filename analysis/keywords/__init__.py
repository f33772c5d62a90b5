"""Compile topics to automata; find hits, mask traps, score."""
