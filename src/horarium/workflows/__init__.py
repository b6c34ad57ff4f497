"""Use cases across modules, one file a verb."""
