"""A course given to people over dates."""
