"""Question types: read a response, score it, explain it. Pure: no web, no database."""
