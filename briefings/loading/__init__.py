"""A folder -> Pack, and an audience's file -> Audience: read, validated, every reference resolved.

In: a folder of YAML. Out: a whole Pack, or a ProblemError with all that is wrong. Imports
`drawings` and what comes before it.
"""
