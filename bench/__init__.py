"""Measures how much the application costs beside the least that its work could cost."""
