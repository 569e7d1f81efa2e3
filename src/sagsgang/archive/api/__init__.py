"""The JSON API at `/api/`: what the archive has, in pieces that programs can read.

Everything is read from the public house, costs a constant number of queries, and is described by
the OpenAPI document at `/api/openapi.json`.
"""
