"""Declarations for export."""
