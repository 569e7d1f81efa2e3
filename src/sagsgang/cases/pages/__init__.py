"""The working house's pages of cases: one module for each kind of page."""
