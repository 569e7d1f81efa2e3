"""The search of the archive: one Danish analyser, one index on two databases.

`analyser` reads words and texts, `query` what is looked for, `marking` where a text answers.
"""
