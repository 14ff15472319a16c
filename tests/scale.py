"""How much the tests do that are the better the longer they run."""

import os

IS_NIGHTLY = os.environ.get("NIGHTLY") == "true"

CRASH_ROUNDS = 20 if IS_NIGHTLY else 3
HOSTILE_REQUESTS = 10_000 if IS_NIGHTLY else 2_000
HOSTILE_TEXTS = 2_000 if IS_NIGHTLY else 150
