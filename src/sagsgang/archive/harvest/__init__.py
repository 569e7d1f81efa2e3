"""Harvesting FirstAgenda Publication, the service behind most municipalities' agenda sites.

`harvesting.harvest` goes through a site and publishes what is new on it. `visitor` is the polite
client, `site` what can be asked of the service, `listing` and `agenda` what it answers.
"""
