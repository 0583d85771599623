"""The read API at /api/v1/: what the pages tell, for other systems."""
