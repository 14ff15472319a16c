"""Work set for a class."""
