"""The demo: everything on one machine, in one folder, against the simulator."""
