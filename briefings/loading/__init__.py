"""A folder -> Pack, and an audience's file -> Audience: read, validated, every reference checked.

In: a folder of YAML. Out: a complete Pack, or a ProblemError with everything that is wrong. Imports
`drawings` and what comes before it.
"""
