"""From a page to the entries that it lists."""
