"""Addresses for mail: made from the configuration, never from what a request claims."""

from flask import current_app


def site_link(endpoint: str, **values: object) -> str:
    """Return the full address of a page below `COURSEWARE_BASE_URL`, inside a request or not."""
    base: str = current_app.config["BASE_URL"]
    return base + current_app.url_map.bind("").build(endpoint, values)
