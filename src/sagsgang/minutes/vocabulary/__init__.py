"""The municipal differences as data: labels, phrases and printed forms in TOML tables."""
