"""The documented facts and cases: load, cite, validate."""
