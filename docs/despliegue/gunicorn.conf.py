"""gunicorn behind nginx: several processes with threads, so that one slow answer does not stop the next.

Who has no thread free takes nothing else, and a connection carries one request: what waits, waits in the socket, for
whichever process is free first. Kept, they would all stay with the process that woke first, and the others idle.
"""

import os
import time
from contextlib import suppress

bind = os.environ.get("KUSKA_ENCHUFE", "unix:/run/kuska/paginas.sock").split(",")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or min(8, 1 + (os.cpu_count() or 1)))
threads = 4  # as many as connections to the database has each process (KUSKA_CONEXIONES)
worker_connections = threads
keepalive = 0  # with nginx; it keeps those of the phones
preload_app = True  # wrong variables stop the start once, and the processes share what they loaded
timeout = 60
graceful_timeout = 20
control_socket_disable = True  # systemd is who is asked
max_requests = 5000  # whatever grows is given back
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm"  # noqa: S108
accesslog = None  # nginx writes it, without what goes after «?»
umask = 0o007  # nginx, that is of the group, writes in the socket


def pre_fork(server, worker):
    """Leave as it is what the processes share: each takes 50 MB less of its own."""
    from marco.servicio.reparto import antes_de_dividirse

    antes_de_dividirse()


def post_request(worker, req, environ, resp):
    """Read what was sent and nobody asked for, for five seconds at most.

    Closed over it, the connection would be reset: who stands in front says that the site is busy, of what was answered.
    """
    limite = time.monotonic() + 5
    with suppress(OSError):
        if enchufe := environ.get("gunicorn.socket"):
            enchufe.settimeout(5)
        while time.monotonic() < limite and req.body.read(1 << 16):
            pass
