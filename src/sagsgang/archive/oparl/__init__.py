"""The archive as OParl 1.1 at `/oparl/`: the open standard for council information systems.

A municipality is a `Body`, its council and committees are `Organization`s, a case is a `Paper`, and
each treatment of it a `Consultation` of an `AgendaItem`. What the standard has no word for (votes,
attendance, outcomes, parties) stands in properties that begin with `sagsgang:`.
"""
