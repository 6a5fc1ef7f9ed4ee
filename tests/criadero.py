"""Processes that begin with the libraries already read: each with the environment that it is given, and no other.

What a process is told by its environment is read once, at its start: to try another, another is needed. What all of
them read before that is not ours, and says nothing of it: one process reads it, and divides itself for each. Nothing
of the rooms is read before: the first line of each one is the first of ours that runs.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[1]
MADRE = """
import json, os, runpy, signal, sys, tempfile, traceback
import celery, celery.app, celery.app.base, celery.app.utils, celery.fixups.django, celery.loaders.app, celery.schedules
import celery.signals, celery.worker.state, csp.constants, django, django.core.management, kombu.transport.virtual
import celery.app.defaults, django.core.checks, django.core.management.commands.check, django.utils.translation, psycopg
import bs4, cryptography.fernet, django.contrib.postgres.search, django.core.cache, django.core.mail, django.db.models
import django.forms.models, django.template.defaulttags, django.template.loader_tags, django.urls, django.views.generic
import draftjs_exporter.html, kombu.transport.redis, PIL.Image, requests, yaml
from django.conf import settings

def hacer(modo, que, *argumentos):
    sys.argv = ["-c" if modo == "-c" else que, *argumentos]
    if modo == "-c":
        exec(compile(que, "<string>", "exec"), {"__name__": "__main__", "__builtins__": __builtins__})
    elif modo == "-m":
        runpy.run_module(que, run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(que, run_name="__main__")

def ser(pedido, salida, errores):
    signal.alarm({PACIENCIA})
    os.dup2(salida.fileno(), 1), os.dup2(errores.fileno(), 2)
    os.environ.clear(), os.environ.update(pedido["entorno"])
    codigo = 0
    try:
        hacer(*pedido["orden"])
    except SystemExit as error:
        codigo = error.code if isinstance(error.code, int) else 0 if error.code is None else 1
        if isinstance(error.code, str):
            print(error.code, file=sys.stderr)
    except BaseException:
        codigo = 1
        traceback.print_exc()
    sys.stdout.flush(), sys.stderr.flush()
    os._exit(codigo)

assert not {nombre.partition(".")[0] for nombre in sys.modules} & {SALAS} and not settings.configured
for linea in sys.stdin:
    with tempfile.TemporaryFile() as salida, tempfile.TemporaryFile() as errores:
        if not (hijo := os.fork()):
            ser(json.loads(linea), salida, errores)
        codigo = os.waitstatus_to_exitcode(os.waitpid(hijo, 0)[1])
        dichos = []
        for uno in (salida, errores):
            uno.seek(0)
            dichos.append(uno.read().decode())
    print(json.dumps([codigo, *dichos]), flush=True)
"""
SALAS = ("cms", "marco", "instancias", "cursos", "evaluaciones", "certificados", "programas", "seguimiento", "tests")
PACIENCIA = 600  # seconds: what is asked of one of these answers and ends


@cache
def _madre() -> subprocess.Popen[str]:
    """She has no environment, and begins in the root of the tree, as whoever runs ``python -c`` there."""
    programa = MADRE.replace("{SALAS}", repr(set(SALAS))).replace("{PACIENCIA}", str(PACIENCIA))
    una = subprocess.Popen(
        [sys.executable, "-c", programa], cwd=RAIZ, env={}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def terminar() -> None:
        una.communicate()

    atexit.register(terminar)
    return una


def correr(entorno: Mapping[str, str], *orden: str) -> subprocess.CompletedProcess[str]:
    """Run ``-c program``, ``-m module`` or ``"" file``, with its arguments, in a process with that environment."""
    madre = _madre()
    assert madre.stdin and madre.stdout
    print(json.dumps({"entorno": dict(entorno), "orden": orden}), file=madre.stdin, flush=True)
    codigo, salida, errores = json.loads(madre.stdout.readline())
    return subprocess.CompletedProcess(orden, codigo, salida, errores)
