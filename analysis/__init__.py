"""What does a text say? Reads text and nothing else: no network, no database, no clock."""
