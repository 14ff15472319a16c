"""Courseware: a course and quiz platform that people install themselves."""

__version__ = "0.1.0"
