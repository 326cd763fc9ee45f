"""Module 2, the join: from one number, from traces without one, to a whole nation.

Lesson 05, one number: `by_number` (every record about a person), `bundle` (what a set of registries answers), `check_character` (which slips
a number reveals). Lesson 06, linking without a number: `comparing`, `fellegi_sunter`, `blocking`, `rivals`, `linking` (all of these in one call),
`evaluating`, and `samples` (registers that nobody here made). Lesson 07, a fingerprint: `surprisal`, `anonymity`, `unicity`, `others`.
Lesson 08, a nation: `at_scale` (the same linkage by Splink, on DuckDB or Spark), `cost` (what linking a nation costs), `false_links` (how wrong links
grow with it).
"""
