"""Do opt-outs outlast a restart of Redis? It is asked when the service starts, since nobody would notice until then."""

import redis
from redis.exceptions import ConnectionError as NotReached
from redis.exceptions import RedisError, TimeoutError

from bot.channels.sms import routes
from bot.settings import Settings

SECONDS = 1.0  # a call may take
FORGETS = (
    "Redis writes nothing to disk (appendonly no), so who asked for no more texts is forgotten when it restarts. Set "
    "appendonly yes, or keep a replica: docs/privacy.md."
)
UNKNOWN = (
    "Redis does not say whether it writes to disk. Who asked for no more texts must still be known when it restarts: "
    "docs/privacy.md."
)


def doubt(settings: Settings) -> str | None:
    """What is to be feared for opt-outs in Redis; None where there is nothing to say, or Redis cannot be asked now."""
    if not settings.redis_url or not routes.providers(settings) or routes.missing(settings):
        return None
    client = redis.Redis.from_url(settings.redis_url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS)
    try:
        about = client.info()
    except (NotReached, TimeoutError):
        return None
    except RedisError:  # it may be forbidden
        return UNKNOWN
    finally:
        client.close()
    if "aof_enabled" not in about:
        return UNKNOWN
    return None if about["aof_enabled"] or about.get("connected_slaves") else FORGETS
