"""Module 1, the score: what is written down about a day, what is made of it, and whom it hits."""
