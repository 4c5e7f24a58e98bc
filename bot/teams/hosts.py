"""Which service URLs the bot speaks to: what an activity names is a stranger's word."""

import re
from collections.abc import Callable
from functools import lru_cache

from bot.config import Teams as Settings
from bot.config import is_loopback

# Nothing that two parsers could read in two ways.
SERVICE_URL = re.compile(
    r"(https?)://([a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?(?:/[\w.~/-]*)?",
    re.IGNORECASE | re.ASCII,
)


def allowed(settings: Settings) -> Callable[[str], bool]:
    """A function of a service URL: whether the bot may post there.

    Over https to the settings' hosts and what is beneath them; in emulator mode to this machine
    alone. To this machine http will do.
    """

    @lru_cache
    def may_post_to(service_url: str) -> bool:
        read = SERVICE_URL.fullmatch(service_url)
        if read is None:
            return False
        scheme, host = read[1].lower(), read[2].lower().strip("[]")
        if settings.emulator:
            return is_loopback(host)
        if scheme != "https" and not is_loopback(host):
            return False
        return any(host == one or host.endswith(f".{one}") for one in settings.service_hosts)

    return may_post_to
