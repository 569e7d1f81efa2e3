"""The working house's meetings: calendar, agenda, the meeting itself, minutes and signatures."""
