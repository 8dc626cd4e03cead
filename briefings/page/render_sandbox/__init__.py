"""Templates of strangers: what they may read and print, and how much of it.

`environment.py` is Jinja's sandbox with a compiler that counts; `values.py` says what can be read and printed,
`operators.py` and `filters.py` what can be done with it, and `budget.py` how often and at what size.
"""
