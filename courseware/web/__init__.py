"""HTTP help that knows no feature."""
