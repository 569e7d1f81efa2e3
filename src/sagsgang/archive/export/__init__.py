"""The archive's documents as data to take away: JSON Lines and Parquet, and what tells of them.

`sagsgang export` and the downloads under `/data/` are made by the same code.
"""
