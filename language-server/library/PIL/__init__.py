"""PIL: images of unknown size."""
