"""Command line -> text and an exit code. A command parses options, calls one function and formats its result.

Only `__main__` imports this folder: the rest of the package prints nothing and never exits.
"""
