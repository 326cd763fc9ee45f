"""Check-yourself questions, exercise checks and hints, the learner's own record."""
