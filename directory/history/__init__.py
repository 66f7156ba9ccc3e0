"""What happened to a record and to all that belongs to it, told and undone."""
