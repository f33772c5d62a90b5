"""python -m pollwatch: the same as the command pollwatch."""

from pollwatch.cli import main

if __name__ == "__main__":
    main()
