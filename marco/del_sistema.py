"""What the system did not allow, as a part of a sentence: «… (no queda espacio en el disco)». It speaks English."""

from __future__ import annotations

import errno

from django.utils.translation import gettext as _


def gettext_noop(texto: str) -> str:
    """Mark a text for the catalogue. That of Django asks for the settings, and they are made with these sentences."""
    return texto


DEL_SISTEMA = {
    errno.ENOSPC: gettext_noop("no queda espacio en el disco"),
    errno.EDQUOT: gettext_noop("no queda espacio en el disco"),
    errno.EROFS: gettext_noop("ese disco solo deja leer"),
    errno.EIO: gettext_noop("el disco no responde bien"),
    errno.EACCES: gettext_noop("la cuenta del aula no tiene permiso"),
    errno.EPERM: gettext_noop("la cuenta del aula no tiene permiso"),
    errno.ENOENT: gettext_noop("no está"),
    errno.EEXIST: gettext_noop("ya hay uno con ese nombre"),
    errno.ENOTDIR: gettext_noop("no es una carpeta"),
    errno.EISDIR: gettext_noop("es una carpeta, y no un archivo"),
    errno.ENAMETOOLONG: gettext_noop("el nombre es muy largo"),
    errno.EMFILE: gettext_noop("hay demasiados archivos abiertos"),
    errno.ENFILE: gettext_noop("hay demasiados archivos abiertos"),
    errno.ENOMEM: gettext_noop("a la máquina le falta memoria"),
    errno.EAGAIN: gettext_noop("estaba ocupado"),
    errno.ETXTBSY: gettext_noop("estaba ocupado"),
}
CON_SU_NUMERO = gettext_noop("el sistema contestó con su error %(n)d")


def del_sistema(numero: int | None) -> str:
    return _(DEL_SISTEMA.get(numero or 0, CON_SU_NUMERO)) % {"n": numero or 0}


def sin_traducir(numero: int | None) -> str:
    """The same, for settings and what is made before Django is ready."""
    return DEL_SISTEMA.get(numero or 0, CON_SU_NUMERO) % {"n": numero or 0}
