"""Times the pages of the archive in SAGSGANG_DATA (and DATABASE_URL); prints them as JSON.

A process of its own, so that it holds nothing but the site. Each address is asked for once, from
an address of its own as limits count readers by it; the median of a kind of page is given.
"""

from __future__ import annotations

import json
import sys
import time
from statistics import median

from bench.measuring import memory
from sagsgang import web

COUNT = 40
WARM = 3


def main() -> None:
    """Prints what `medians` gives, or with the word `sitemap` what `sitemap` does."""
    web.ready()
    figures = sitemap() if "sitemap" in sys.argv else medians()
    print(json.dumps(figures))


def medians() -> dict[str, tuple[float, float]]:
    """The median of each kind of page, in milliseconds: all of it, and on the processor here."""
    from bench.addresses import addresses

    return {kind: timed(each) for kind, each in addresses(COUNT + WARM).items()}


def timed(addresses: list[str]) -> tuple[float, float]:
    """The median times of the addresses, in milliseconds; the first few only warm up.

    Raises:
        SystemExit: one of them is not answered with 200.
    """
    from django.test import Client

    client = Client()
    repeated = (addresses * COUNT)[: max(len(addresses), COUNT // 2)]
    all_of_it, here = [], []
    for number, address in enumerate(repeated):
        start, worked = time.perf_counter(), time.process_time()
        answer = client.get(address, REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}")
        body = b"".join(answer) if answer.streaming else answer.content
        all_of_it.append(time.perf_counter() - start)
        here.append(time.process_time() - worked)
        if answer.status_code != 200 or not body:
            raise SystemExit(f"{address}: {answer.status_code}")
    return median(all_of_it[WARM:]) * 1000, median(here[WARM:]) * 1000


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
            peak = max(peak, memory(os.getpid())[1])
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "megabytes": peak / 1024, "addresses": read}


if __name__ == "__main__":
    main()
