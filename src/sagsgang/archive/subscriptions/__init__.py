"""Mails about what somebody follows: no account, only an address that its owner has confirmed.

A subscription is asked for on a page, confirmed from a mail, and ended from any mail. What is new
is sent by `sagsgang notify`.
"""
