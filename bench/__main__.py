"""Runs the measurements that are asked for and prints their figures: `python -m bench`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from bench import archive, house, reading, search
from bench.measuring import Row, show

PARTS: dict[str, Callable[[bool], Iterator[Row]]] = {
    "reading": reading.rows,
    "search": search.rows,
    "archive": archive.rows,
    "house": house.rows,
}


def main() -> None:
    """Measures the parts that the command line names, or all of them."""
    parser = argparse.ArgumentParser(description=str(__doc__))
    parser.add_argument(
        "parts",
        nargs="*",
        choices=[*PARTS, []],
        metavar="reading|search|archive|house",
        help="all, if none is named",
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of the size")
    asked = parser.parse_args()
    for part in asked.parts or PARTS:
        show(f"sagsgang: {part}", PARTS[part](asked.quick))


if __name__ == "__main__":
    main()
