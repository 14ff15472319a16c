"""What every template can use: filters and globals that know no feature."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from zoneinfo import ZoneInfo

from flask import Flask, current_app
from markupsafe import Markup

from courseware.web.guard import may
from courseware.web.theme import chosen_theme

_FEWEST_MINUTES_IN_HOURS: Final = 120


def install(app: Flask) -> None:
    """Register filters and globals."""
    app.add_template_filter(trusted)
    app.add_template_filter(points)
    app.add_template_filter(as_percent)
    app.add_template_filter(moment)
    app.add_template_filter(clock_time)
    app.add_template_filter(counted)
    app.add_template_filter(duration)
    app.add_template_filter(initials)
    app.add_template_filter(lower_first)
    app.add_template_filter(upper_first)
    app.add_template_global(chosen_theme)
    app.add_template_global(may)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def trusted(html: str) -> Markup:
    """Mark HTML that the content package has rendered and sanitised."""
    return Markup(html)  # noqa: S704 - only ever sanitised course text


def points(value: Decimal | float) -> str:
    """Write points without needless zeros: 1, 0.5, 0.67."""
    return f"{Decimal(value):.2f}".rstrip("0").rstrip(".")


def as_percent(fraction: Decimal) -> int:
    """Write a fraction as whole percent, halves up."""
    return int((fraction * 100).quantize(Decimal(1), ROUND_HALF_UP))


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Write a number with its noun: 1 question, 3 questions."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def duration(minutes: int) -> str:
    """Write a length of time in minutes, and from two hours on in whole hours."""
    return counted(minutes, "minute") if minutes < _FEWEST_MINUTES_IN_HOURS else counted(round(minutes / 60), "hour")


def initials(name: str) -> str:
    """Return the first letters of the first and last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def lower_first(text: str) -> str:
    """Return the text with a small first letter, to stand inside a sentence."""
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Return the text with a capital letter, to begin a sentence."""
    return text[:1].upper() + text[1:]


def moment(value: datetime, zone: str | None = None, *, year: bool = False) -> str:
    """Write a moment in a time zone, else in that of the site: Friday 17 October, 23:59."""
    local = value.astimezone(_zone(zone))
    return f"{local:%A} {local.day} {local:%B}{f' {local.year}' if year else ''}, {local:%H:%M}"


def clock_time(value: datetime, zone: str | None = None) -> str:
    """Write the time of day in a time zone, else in that of the site: 14:21."""
    return f"{value.astimezone(_zone(zone)):%H:%M}"


def _zone(name: str | None) -> ZoneInfo:
    site: ZoneInfo = current_app.config["TIMEZONE"]
    return site if name is None else ZoneInfo(name)
