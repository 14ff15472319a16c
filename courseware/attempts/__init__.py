"""One learner's numbered tries at an assignment."""
