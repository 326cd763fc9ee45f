"""Module 2, the join: from one number, from traces without one, to a whole nation."""
