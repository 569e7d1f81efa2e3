"""The public house: publications, and what pages, search, feeds and data need of them.

`publish` is the only way in. A publication never changes; everything else here is derived from
the publications and can be made again from them.
"""
