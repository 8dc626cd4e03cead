"""One topic's folder of files: YAML and GeoJSON read with their places kept, and the Pack that everything reads.

In: files. Out: YamlFile, Ground, Pack. Imports `schema`.
"""
