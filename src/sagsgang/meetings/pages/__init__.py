"""The working house's pages of meetings, and the desk where everything that waits is gathered."""
