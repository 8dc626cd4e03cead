"""A Library -> a preview server on this machine.

It renders a page when the browser requests it, and reloads the browser when a file changes. It writes no file, and
answers only requests from its own pages.
"""
