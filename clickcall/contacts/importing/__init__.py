"""Contacts from a file: read, checked and written in the background, with every refused row named."""
