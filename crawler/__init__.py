"""From a feed's address to releases."""
