"""How services are asked and how their streams read: one module a format."""
