"""Layers of the frameworks."""
