"""Municipalities, their councils and committees, and the people in them."""
