"""From a page to a release: the best witness for each field."""
