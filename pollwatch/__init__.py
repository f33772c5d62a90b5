"""The front door: command line, configuration files, wiring."""
