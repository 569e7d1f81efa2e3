"""Danish as minutes print it: dates, amounts, names, bodies, case numbers, broken words."""
