"""Rows in and out: JSON lines, and CSV for those who calculate with them."""
