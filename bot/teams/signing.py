"""Signs what will come back from outside, so that nobody can make it up."""

import hashlib
import hmac


class Signer:
    """Signs for one purpose. ``secret`` must outlive a restart where what is signed does."""

    def __init__(self, purpose: str, secret: str) -> None:
        self._key = hashlib.sha256(f"{purpose}\n{secret}".encode()).digest()

    def sign(self, *said: str) -> str:
        """The signature of these words together, in hexadecimal."""
        return hmac.new(self._key, "\n".join(said).encode(), hashlib.sha256).hexdigest()

    def signed(self, signature: str, *said: str) -> bool:
        """Whether this is their signature; how long that takes tells nothing of it."""
        return hmac.compare_digest(self.sign(*said).encode(), signature.encode())
