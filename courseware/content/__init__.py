"""The course files: read, checked and rendered. Pure: no web, no database."""
