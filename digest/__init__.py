"""The printed paper: what a reader is told, and how it looks."""
