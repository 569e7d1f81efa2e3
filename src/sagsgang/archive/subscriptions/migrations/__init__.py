"""The tables of the subscriptions, step by step."""
