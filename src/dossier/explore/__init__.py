"""The explorable: every interactive chart of the course."""
