"""The models of the data -> what authors and their editors read about them: descriptions, tables, JSON Schemas.

In: models, and the `#:` comments beside their fields. Out: text. Reads no project.
"""
