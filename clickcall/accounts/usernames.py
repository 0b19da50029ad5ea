"""How user names are stored and looked up."""

import unicodedata


def normal_username(username: str) -> str:
    """User names are stored in small letters: sign-in compares them so."""
    return unicodedata.normalize("NFKC", username.strip()).lower()
