#!/usr/bin/env python
"""Django's own command line; `horarium` is the product's."""

import sys

from horarium.config.cli.manage import main

if __name__ == "__main__":
    sys.exit(main(sys.argv))
