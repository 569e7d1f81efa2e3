"""Times the pages of the archive in SAGSGANG_DATA (and DATABASE_URL); prints them as JSON.

A process of its own, so that it holds nothing but the site. Each address is asked for once, from
an address of its own as limits count readers by it; the median of a kind of page is given.
"""

from __future__ import annotations

import json
import sys
import time
from statistics import median

from bench.measuring import resident
from sagsgang import web

COUNT = 40
WARM = 3


def main() -> None:
    """Prints `{kind: milliseconds}`, or with `sitemap` the seconds and memory of reading all."""
    web.ready()
    figures = sitemap() if "sitemap" in sys.argv else medians()
    print(json.dumps(figures))


def medians() -> dict[str, float]:
    """The median of each kind of page, in milliseconds."""
    from bench.addresses import addresses

    return {kind: timed(each) for kind, each in addresses(COUNT + WARM).items()}


def timed(addresses: list[str]) -> float:
    """The median time of the addresses, in milliseconds; the first few only warm up.

    Raises:
        SystemExit: one of them is not answered with 200.
    """
    from django.test import Client

    client = Client()
    repeated = (addresses * (COUNT + WARM))[: max(len(addresses), COUNT // 2)]
    times = []
    for number, address in enumerate(repeated):
        start = time.perf_counter()
        answer = client.get(address, REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}")
        body = b"".join(answer) if answer.streaming else answer.content
        times.append(time.perf_counter() - start)
        if answer.status_code != 200 or not body:
            raise SystemExit(f"{address}: {answer.status_code}")
    return median(times[WARM:] or times) * 1000


def sitemap() -> dict[str, float]:
    """Seconds and peak memory (MB) of reading every sitemap to its end."""
    import os
    import re

    from django.test import Client

    client = Client()
    start = time.perf_counter()
    peak = 0
    waiting, read = ["/sitemap.xml"], 0
    while waiting:
        answer = client.get(waiting.pop())
        parts = answer if answer.streaming else [answer.content]
        for part in parts:
            read += part.count(b"<loc>")
            if b"<sitemap>" in part or b".xml</loc>" in part:
                found = re.findall(rb"<loc>https?://[^/]*(/[^<]*\.xml[^<]*)</loc>", part)
                waiting += [address.decode() for address in found]
            peak = max(peak, resident(os.getpid()))
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "megabytes": peak / 1024, "addresses": read}


if __name__ == "__main__":
    main()
