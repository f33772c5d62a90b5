"""A small town of press offices on the loopback, for the demo and the tests."""
