"""`python -m clickcall.simulator`."""

import sys

from clickcall.simulator.cli import main

sys.exit(main())
