"""Harvesting FirstAgenda Publication, the service behind most municipalities' agenda sites."""
