"""Plain Python under everything else: money, time, ids, errors; no Django, no I/O."""
