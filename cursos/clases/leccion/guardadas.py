"""The lessons of a module as a phone keeps them: each step, what «Decida» answers, and the end."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cursos.consultas.acceso import Acceso
from cursos.consultas.siguiente import nombre_de, url_de
from cursos.consultas.temario import FilaDeTemario
from cursos.decida import quien_pregunta
from cursos.guardado import ModuloPorGuardar, PaginaGuardada, cuerpo_de, pagina
from cursos.models import Unidad
from cursos.views.comunes import enlaces_al_terminar_una_leccion, ir_a

from . import CLAVE
from .contenido import PasoMostrado, cierre_de, paso_de
from .views import mostrar


def paginas_de_lecciones(request: HttpRequest, modulo: ModuloPorGuardar) -> list[PaginaGuardada]:
    """Return the pages of every lesson. Statements do not grow with their number once the cache has the steps."""
    filas = [fila for fila in modulo.filas if fila.clase == CLAVE]
    explicar = quien_pregunta().para_guardar(request, modulo.inscripcion)
    paginas: list[PaginaGuardada] = []
    for fila in filas:
        acceso = Acceso(modulo.inscripcion, modulo.unidades[fila.id], modulo.avances.get(fila.id))
        primero = acceso.por_ver if not acceso.terminada else 1
        for numero in range(1, max(fila.pasos, 1) + 1):
            mostrado = _con_dibujos(acceso.unidad, numero)
            preguntado, respuestas = explicar(acceso, mostrado)
            html = mostrar(request, acceso, mostrado, preguntado).content.decode()
            urls = reverse("kuska_cursos:paso", args=[modulo.temario.numero, fila.numero, numero])
            dichas = {
                una: cuerpo_de(mostrar(request, acceso, mostrado, que).content.decode())
                for una, que in respuestas.items()
            }
            tambien = [reverse("kuska_cursos:unidad", args=[modulo.temario.numero, fila.numero])]
            paginas.append(pagina(html, urls, respuestas=dichas, tambien=tambien if numero == primero else ()))
        paginas.append(_fin(request, modulo, fila, acceso.unidad))
    return paginas


def _con_dibujos(unidad: Unidad, numero: int) -> PasoMostrado:
    """Return a step with its drawing; of a photograph, that weighs much more, its words and how to ask for it."""
    hoy = timezone.localdate()
    mostrado = paso_de(unidad=unidad, numero=numero, hoy=hoy)
    if mostrado.tipo == "imagen" and "<picture>" in mostrado.html:
        return paso_de(unidad=unidad, numero=numero, hoy=hoy, ahorro=True)
    return mostrado


def _fin(request: HttpRequest, modulo: ModuloPorGuardar, fila: FilaDeTemario, unidad: Unidad) -> PaginaGuardada:
    """The end of a lesson as it is once it is done: what follows is the next one of the module."""
    curso, lugar = modulo.temario.numero, list(modulo.filas).index(fila)
    sigue = next((otra for otra in modulo.filas[lugar + 1 :] if otra.clase == CLAVE and not otra.es_ruta), None)
    contexto = {
        "curso": curso,
        "unidad": fila.numero,
        "hoja": 0,
        "nombre": "" if fila.es_ruta else nombre_de(fila).lower(),
        "cierre": cierre_de(unidad=unidad),
        "termino": modulo.inscripcion.termino(timezone.localdate()),
        "terminado": False,
        "siguiente": {"url": url_de(sigue, curso), "texto": ir_a(sigue)} if sigue else None,
        "ademas": enlaces_al_terminar_una_leccion(modulo.temario, fila, sigue),
        "enlaces": [],
    }
    html = render(request, "kuska/cursos/fin.html", contexto).content.decode()
    return pagina(html, reverse("kuska_cursos:fin", args=[curso, fila.numero]))
