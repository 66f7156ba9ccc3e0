"""The history of content records: reading it, reverting to a version, restoring what was deleted."""
