"""What the database knows of a course: immutable versions of its files."""
