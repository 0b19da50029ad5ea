"""Accounts from a declarative file: `schema` reads it, `apply` makes the database look like it."""
