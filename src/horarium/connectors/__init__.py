"""Code that talks to outside systems, one deletable folder each."""
