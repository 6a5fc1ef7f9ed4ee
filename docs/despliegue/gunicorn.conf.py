"""gunicorn behind nginx: several processes with threads, so that one slow answer does not stop the next.

Each thread takes a connection when it is free, of one request: what waits, waits in the socket, for whichever process
is free first. Kept, they would all stay with the process that woke first, and the others idle.
"""

import os

bind = os.environ.get("KUSKA_ENCHUFE", "unix:/run/kuska/paginas.sock").split(",")
worker_class = "marco.servicio.de_gunicorn.UnaPorHilo"
workers = int(os.environ.get("WEB_CONCURRENCY") or min(8, 1 + (os.cpu_count() or 1)))
threads = 4  # as many as connections to the database has each process (KUSKA_CONEXIONES)
keepalive = 0  # nginx keeps those of the phones
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
