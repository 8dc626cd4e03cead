"""Rendered pages -> files in the output folder. Only what is out of date is made.

In: a request. Out: HTML and PDF files, an index, a ledger of what each file was made from, and a Report. A reader of
the folder sees the old file or the new one, never a part of it. After a build that was killed, the next one is right.
"""
