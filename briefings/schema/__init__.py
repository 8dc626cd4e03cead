"""What a pack's YAML files and an audience's file may contain: frozen pydantic models.

In: plain values from YAML. Out: validated values, or pydantic's errors. Imports only `problems` of the package.
"""
