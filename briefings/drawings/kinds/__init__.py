"""The kinds of drawing, one module per kind: its fields in drawings.yaml, its checks and its layout.

In: the name of a kind. Out: a Kind. A module here imports only the schema and the pack; its layout is imported when the
first drawing is laid out, because `check` needs the fields and not the layout.
"""
