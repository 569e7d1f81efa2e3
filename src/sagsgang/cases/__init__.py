"""The working house's cases: drafts, approval, routing, attachments, and the log of every change.

Nothing here is public. What goes out goes through `archive.publishing.publish` when a meeting's
agenda or minutes are published.
"""
