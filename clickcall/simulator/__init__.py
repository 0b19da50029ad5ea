"""The provider on a real socket: strict, deterministic, independent of the code that talks to it.

Runs alone (`python -m clickcall.simulator --port 9000`) or inside a test (`with Simulator(config) as simulator`).
The facts come from the provider's public documentation of Call API v4.0 and Data API v2.0.
"""

from clickcall.simulator.config import Config, ConfigError
from clickcall.simulator.config_file import load_config, read_config
from clickcall.simulator.fates import Fate
from clickcall.simulator.server import Simulator

__all__ = ["Config", "ConfigError", "Fate", "Simulator", "load_config", "read_config"]
