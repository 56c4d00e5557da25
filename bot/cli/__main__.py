"""`python -m bot.cli` is `lantern`."""

import sys

from bot.cli import main

sys.exit(main())
