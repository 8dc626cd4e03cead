"""What may stand in a pack's YAML files and an audience's file: pydantic models, frozen, one module per kind of file.

In: plain values from YAML. Out: validated values, or pydantic's errors. Imports nothing else of the package.
"""
