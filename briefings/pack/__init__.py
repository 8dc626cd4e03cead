"""The files of one topic: YAML and GeoJSON, read with the position of each value, and the Pack made from them.

In: files. Out: YamlFile, Ground, Pack. Imports `schema`.
"""
