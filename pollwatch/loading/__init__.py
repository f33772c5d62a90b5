"""Files that a user edits, read into values; every mistake with its file and line."""

from pollwatch.loading.config import Config, load
from pollwatch.loading.folders import find_folder, shipped, usual_folder

__all__ = ["Config", "find_folder", "load", "shipped", "usual_folder"]
