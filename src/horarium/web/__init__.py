"""Server-rendered faces: parse, one call, render."""
