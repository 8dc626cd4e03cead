"""The folder that a teacher prints from: built papers -> copies in print order, with a sheet to read first."""
