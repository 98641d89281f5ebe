"""The reader's own data, in SQLite: papers seen, marks, notes, explanations, history, search."""
