"""Run a command as closed in as a unit of systemd says, where there is no systemd to do it.

``python -m tests.despliegue.encierro kuska-obrero.service [a folder to write in…] -- command``. What a unit asks for of
calls to the system, memory, sockets and namespaces is the same filter (seccomp) that systemd would load; as root it
drops the capabilities too, and nothing but those folders, «/tmp» and «/dev» can be written. What it does not do: the
user of the unit, its own «/tmp», what is hidden of «/proc» and of homes.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
DESPLIEGUE = RAIZ / "docs" / "despliegue"
PERMITIR, NEGAR = 0x7FFF0000, 0x00050000 | errno.EPERM
SIN_FAMILIA = 0x00050000 | errno.EAFNOSUPPORT
NO_EXISTE = 0x00050000 | errno.ENOSYS  # so that the C library falls back on «clone», as under systemd
IGUAL, CON_MASCARA = 4, 7  # SCMP_CMP_EQ, SCMP_CMP_MASKED_EQ
PROT_WRITE, PROT_EXEC, SHM_EXEC = 2, 4, 0o100000
FAMILIAS = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10}
DE_NOMBRES = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 24, 38
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2  # root reads what is of «postgres» here; a unit is of one user
NS_DE_MONTAJE, MS_REMOUNT, MS_BIND, MS_RDONLY, MS_REC, MS_PRIVATE = 0x00020000, 32, 4096, 1, 16384, 1 << 18


class Comparacion(ctypes.Structure):
    _fields_ = (("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64))


def biblioteca() -> ctypes.CDLL | None:
    nombre = ctypes.util.find_library("seccomp") or "libseccomp.so.2"
    try:
        una = ctypes.CDLL(nombre)
    except OSError:
        return None
    una.seccomp_init.restype = ctypes.c_void_p
    return una


def por_que_no() -> str:
    if sys.platform != "linux" or not shutil.which("systemd-analyze"):
        return "no hay systemd-analyze"
    return "" if biblioteca() else "no hay libseccomp"


def encerrado(unidad: str, orden: list[str], *escribe: Path) -> list[str]:
    """The command that begins another one so; the same command where it cannot be done."""
    if por_que_no():
        return orden
    return [sys.executable, "-m", "tests.despliegue.encierro", unidad, *map(str, escribe), "--", *orden]


def ajustes(unidad: str) -> dict[str, list[str]]:
    """What a unit says in each line, in order."""
    dicho: dict[str, list[str]] = {}
    for nombre, valor in re.findall(r"^(\w+)=(.*)$", (DESPLIEGUE / unidad).read_text("utf-8"), re.MULTILINE):
        dicho.setdefault(nombre, []).append(valor)
    return dicho


def llamadas(grupo: str) -> set[str]:
    """The calls of a group of systemd («@system-service»), with those of the groups inside it."""
    orden = [str(shutil.which("systemd-analyze")), "syscall-filter", "--no-pager", grupo]
    dicho = subprocess.run(orden, capture_output=True, text=True, check=True).stdout
    nombres = [linea.strip() for linea in dicho.splitlines()[1:]]
    return set().union(
        *(llamadas(uno) if uno.startswith("@") else {uno} for uno in nombres if uno and not uno.startswith("#"))
    )


def permitidas(lineas: list[str]) -> set[str]:
    """What the lines of ``SystemCallFilter`` leave: what each adds, or takes away («~»)."""
    quedan: set[str] = llamadas("@default")
    for linea in lineas:
        nombres = linea.removeprefix("~").split()
        suyas = set().union(*(llamadas(uno) if uno.startswith("@") else {uno} for uno in nombres))
        quedan = quedan - suyas if linea.startswith("~") else quedan | suyas
    return quedan


class Filtro:
    """One filter of seccomp: what is not named has the first answer."""

    def __init__(self, de_ordinario: int) -> None:
        una = biblioteca()
        assert una is not None
        self.lib = una
        self.ctx = ctypes.c_void_p(una.seccomp_init(ctypes.c_uint32(de_ordinario)))

    def regla(self, respuesta: int, llamada: str, *comparaciones: Comparacion) -> None:
        numero = self.lib.seccomp_syscall_resolve_name(llamada.encode())
        if numero < 0:  # of another machine
            return
        todas = (Comparacion * len(comparaciones))(*comparaciones)
        mal = self.lib.seccomp_rule_add_array(
            self.ctx, ctypes.c_uint32(respuesta), numero, ctypes.c_uint(len(comparaciones)), todas
        )
        if mal:
            raise OSError(-mal, f"{llamada}: {os.strerror(-mal)}")

    def poner(self) -> None:
        if mal := self.lib.seccomp_load(self.ctx):
            raise OSError(-mal, os.strerror(-mal))


def con_bits(argumento: int, bits: int) -> Comparacion:
    return Comparacion(argumento, CON_MASCARA, bits, bits)


def sin_escribir_y_correr(quita: Filtro) -> None:
    """No page of memory that is written is run."""
    quita.regla(NEGAR, "mmap", con_bits(2, PROT_EXEC | PROT_WRITE))
    for una in ("mprotect", "pkey_mprotect"):
        quita.regla(NEGAR, una, con_bits(2, PROT_EXEC))
    quita.regla(NEGAR, "shmat", con_bits(2, SHM_EXEC))


def sin_otros_nombres(quita: Filtro) -> None:
    for bit in DE_NOMBRES:
        quita.regla(NEGAR, "clone", con_bits(0, bit))
        quita.regla(NEGAR, "unshare", con_bits(0, bit))
    quita.regla(NEGAR, "setns")
    quita.regla(NO_EXISTE, "clone3")


def sin_prestar_su_nombre(quita: Filtro) -> None:
    """No file that runs as who owns it."""
    for una, lugar in (("chmod", 1), ("fchmod", 1), ("fchmodat", 2), ("mkdir", 1), ("mkdirat", 2)):
        for bit in (0o4000, 0o2000):
            quita.regla(NEGAR, una, con_bits(lugar, bit))


def sin_otra_personalidad(quita: Filtro) -> None:
    quita.regla(NEGAR, "personality")


SI_LO_DICE = {
    "MemoryDenyWriteExecute": sin_escribir_y_correr,
    "RestrictNamespaces": sin_otros_nombres,
    "RestrictSUIDSGID": sin_prestar_su_nombre,
    "LockPersonality": sin_otra_personalidad,
}


def filtros(dicho: dict[str, list[str]]) -> Iterator[Filtro]:
    """The filters of a unit. First those that take away: the list of what is left goes last."""
    quita = Filtro(PERMITIR)
    for linea, cerrar in SI_LO_DICE.items():
        if dicho.get(linea) == ["true"]:
            cerrar(quita)
    if familias := dicho.get("RestrictAddressFamilies"):
        for numero in set(range(64)) - {FAMILIAS[una] for una in familias[0].split()}:
            quita.regla(SIN_FAMILIA, "socket", Comparacion(0, IGUAL, numero, 0))
    yield quita
    if lineas := dicho.get("SystemCallFilter"):
        deja = Filtro(NEGAR)
        for una in sorted(permitidas(lineas)):
            deja.regla(PERMITIR, una)
        yield deja


def sin_poderes() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if os.getuid() == 0:
        for poder in range(64):
            if poder not in {CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH}:
                libc.prctl(PR_CAPBSET_DROP, poder, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def solo_escribe_en(carpetas: Iterable[str]) -> None:
    """«ProtectSystem=strict»: the rest of the disk is for reading. Where mounting is refused, it is not done."""
    libc = ctypes.CDLL(None, use_errno=True)
    if os.getuid() != 0 or libc.unshare(NS_DE_MONTAJE) != 0:
        return
    libc.mount(None, b"/", None, MS_REC | MS_PRIVATE, None)
    for carpeta in {"/tmp", *carpetas}:  # noqa: S108
        libc.mount(carpeta.encode(), carpeta.encode(), None, MS_BIND | MS_REC, None)
    libc.mount(None, b"/", None, MS_REMOUNT | MS_BIND | MS_RDONLY, None)
    os.chdir(os.getcwd())  # through what was mounted


def main() -> None:
    corte = sys.argv.index("--")
    unidad, *carpetas = sys.argv[1:corte]
    orden, dicho = sys.argv[corte + 1 :], ajustes(unidad)
    if dicho.get("ProtectSystem") == ["strict"]:
        solo_escribe_en(carpetas)
    todos = list(filtros(dicho))
    sin_poderes()
    for uno in todos:
        uno.poner()
    os.execvp(orden[0], orden)  # noqa: S606


if __name__ == "__main__":
    main()
