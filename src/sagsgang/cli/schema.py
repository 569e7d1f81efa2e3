"""`sagsgang schema`: the JSON Schema of what reading gives."""

from __future__ import annotations

import json
import sys


def schema() -> int:
    """The exit status, after the schema has been written on standard output."""
    from ..minutes.schema import json_schema

    json.dump(json_schema(), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
    return 0
