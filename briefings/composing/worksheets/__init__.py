"""Pack -> what a worksheet asks and, where a paper prints answers, what is right. Pure.

In: tasks, exercises and the data that answers them. Out: WorksheetView. Imports `composing`.
"""
