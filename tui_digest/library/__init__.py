"""The reader's data in SQLite: papers, marks, notes, explanations, search."""
