"""The demonstration as `make demo` makes it; prints its ways in."""

from __future__ import annotations

from sagsgang import samples
from sagsgang.cli import main

if __name__ == "__main__":
    main(["import", str(samples.folder())])
    main(["demo", "--address", "http://127.0.0.1"])
