"""``python -m netmap`` does what ``netmap`` does."""

import sys


def main() -> None:
    """Run the command line."""
    from netmap.cli import run  # noqa: PLC0415  # so that the package can be imported without typer

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
