"""Contacts and calls as tables of cells, read in batches: a file of any size costs the memory of one batch."""
