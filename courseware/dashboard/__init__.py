"""Where somebody stands in a course, in one look."""
