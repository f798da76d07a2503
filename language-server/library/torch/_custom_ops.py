"""Custom operators, the old way."""
