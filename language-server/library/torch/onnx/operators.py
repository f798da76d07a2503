"""Operators for export."""
