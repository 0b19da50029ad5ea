"""From an empty database to a ringing phone: seven steps that check themselves."""
