"""A payment gateway in miniature, to try everything that money can do without any.

`simulator`, `delivery`, `views` and `tasks` play the outside system: it keeps its own tables, shows the payer a page
and calls back over HTTP. `gateway` is our side: the port of the payments module, as for any real gateway. They
share nothing but what a shop and its gateway share: the secret of `signing` and the shape of a callback.
"""
