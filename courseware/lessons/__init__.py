"""Reading, inline checks, and progress."""
