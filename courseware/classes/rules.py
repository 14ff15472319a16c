"""What a class may be called, and which time zones there are."""

from zoneinfo import available_timezones

LONGEST_TITLE = 200


def problem_with_title(title: str) -> str | None:
    """Return what is amiss with the title of a class, if anything."""
    if not title.strip():
        return "Give the class a title."
    if len(title) > LONGEST_TITLE:
        return f"Keep the title within {LONGEST_TITLE} characters."
    return None if title.isprintable() else "The title holds characters that cannot be shown."


def problem_with_timezone(name: str) -> str | None:
    """Return what is amiss with the name of a time zone, if anything."""
    return (
        None if name in available_timezones() else f"{name!r} is not a time zone. Use a name such as America/New_York."
    )
