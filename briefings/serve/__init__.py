"""Pages in the browser, rendered when they are asked for, reloaded when a file changes.

In: a Library. Out: a server on this machine.
"""
