"""Module 3, the leak: what a price says, when an official sells, who leaked it, and what happens when the state fights back.

Lesson 09, what 700 yuan tells you: `price` (from a price to a ceiling on the perceived risk), `cournot` (many brokers), `ageing` (a stock against a
flow), `bundling` (a bundle against its parts), `lemons` (when some sellers cheat). Lesson 10, the official's choice: `becker` (who sells),
`risk_aversion` (certainty against severity), `efficiency_wage`, `leak_law` (with enough hands someone sells), `norms` (what the colleagues do).
Lesson 11, insider or hacker: `attribution` (evidence in bits). Lesson 12, a market for secrets: `market` (a year of it, and where it rests),
`policy` (what a budget prevents).
"""
