"""Files that a user edits, read into values; every mistake with its file and line."""
