"""People, passphrases and sessions."""
