"""Tables of corpus exports: none yet."""
