"""Pages -> files: only what is out of date is made, and each file is written whole or not at all.

In: a request. Out: files in the output folder, a ledger of what each was made from, a Report.
"""
