"""What happens in the pages and in the rooms below, told to the services of this room."""

from __future__ import annotations

import datetime
import threading
from typing import Any

import swapper
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.signals import init_new_page, page_published, page_unpublished, post_page_move

from instancias.models import Persona
from instancias.signals import asientos_deshechos, formulario_apartado, integrante_entro, membresias_creadas
from marco.models import NombreInstitucional

from .clases.leccion.duda import guardar_apartada
from .ejemplos import pasos_de_ejemplo
from .models import Articulo, CatalogoDeCursos, Leccion, RedaccionDeArticulo, Termino
from .services import imagenes, inscripcion, permisos, publicacion

Page = swapper.load_model("wagtailcore", "Page")


class _Borrando(threading.local):
    """The courses that one act of deleting has touched so far.

    A deletion that fails leaves its own here: the next one brings them in step once more, which changes nothing.
    """

    def __init__(self) -> None:
        self.vaciar()

    def vaciar(self) -> set[int]:
        cursos = getattr(self, "cursos", set())
        self.cursos: set[int] = set()
        return cursos


_borrando = _Borrando()


@receiver(page_published)
def al_publicar(instance: Any, revision: Any = None, **kwargs: Any) -> None:
    autor = getattr(revision, "user", None)
    publicacion.publicar_unidad(pagina=instance, ahora=timezone.now(), por=autor)


@receiver(page_unpublished)
def al_dejar_de_publicar(instance: Any, **kwargs: Any) -> None:
    # Before deleting, Wagtail says so without writing it. The database is asked: a deletion may fail half way.
    if Page.objects.filter(pk=instance.pk, live=True).exists():
        return
    # «Es un cambio pasajero», said in the editor: people are still asked for it.
    en_pausa = getattr(instance, "retiro_pasajero", False)
    publicacion.publicar_unidad(pagina=instance, ahora=timezone.now(), en_pausa=en_pausa)


@receiver(post_page_move)
def al_mover(instance: Any, parent_page_before: Any, parent_page_after: Any, **kwargs: Any) -> None:
    antes, despues = (publicacion.curso_de(pagina.specific) for pagina in (parent_page_before, parent_page_after))
    ahora = timezone.now()
    if antes is not None:
        publicacion.sincronizar_cursos([antes.pk], ahora=ahora)
    if despues is not None and despues != antes:
        publicacion.recibir(curso=despues, pagina=instance, ahora=ahora)


def antes_de_borrar(instance: Any, **kwargs: Any) -> None:
    """Retire the unit while the page can still be told. All pages of one act come here before any is gone."""
    _borrando.cursos |= publicacion.retirar(paginas=[instance.pk], ahora=timezone.now())


def despues_de_borrar(**kwargs: Any) -> None:
    """Bring the courses in step once, when the whole branch is gone."""
    publicacion.sincronizar_cursos(_borrando.vaciar(), ahora=timezone.now())


pre_delete.connect(antes_de_borrar, sender=Page, dispatch_uid="cursos.antes_de_borrar")
post_delete.connect(despues_de_borrar, sender=Page, dispatch_uid="cursos.despues_de_borrar")


@receiver(post_save, sender=Articulo)
@receiver(post_save, sender=RedaccionDeArticulo)
@receiver(post_delete, sender=RedaccionDeArticulo)
@receiver(post_save, sender=get_image_model())
@receiver(post_delete, sender=get_image_model())
@receiver(post_save, sender=get_document_model())
@receiver(post_delete, sender=get_document_model())
def al_cambiar_lo_que_se_muestra(sender: Any, created: bool = False, **kwargs: Any) -> None:
    """An article, a picture or a sound is shown inside many lessons: what was kept of them is read again.

    A new one is shown nowhere yet; a new wording is that of an article that may be.
    """
    if not created or sender is RedaccionDeArticulo:
        publicacion.renovar_lo_guardado()


@receiver(post_save, sender=NombreInstitucional)
@receiver(post_delete, sender=NombreInstitucional)
def al_cambiar_un_nombre(**kwargs: Any) -> None:
    """A name is written inside lessons and questions by its key: what was kept of them says the former one."""
    publicacion.renovar_lo_guardado()


@receiver(post_save, sender=Termino)
@receiver(post_delete, sender=Termino)
@receiver(post_delete, sender=Articulo)
def al_cambiar_el_glosario(**kwargs: Any) -> None:
    """Lessons link to the words of the glossary, and each word cites its article."""
    publicacion.renovar_lo_guardado()


@receiver(page_published)
def al_publicar_un_catalogo(instance: Any, **kwargs: Any) -> None:
    """Where there are courses there is who writes them."""
    if isinstance(instance, CatalogoDeCursos):
        permisos.asegurar_grupo_de_capacitadoras()


@receiver(pre_save, sender=get_image_model())
def al_subir_una_imagen(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A picture that replaces another is cleaned like the first one."""
    nueva = instance._state.adding or not getattr(instance.file, "_committed", True)
    if nueva and instance.file and not raw:
        imagenes.limpiar_original(instance)


@receiver(membresias_creadas)
def al_tomar_asiento(ids: list[int], **kwargs: Any) -> None:
    inscripcion.inscribir_a_nuevos(membresias=ids, ahora=timezone.now())


@receiver(asientos_deshechos)
def al_deshacer_asientos(
    personas: list[int], desde: datetime.datetime, ahora: datetime.datetime, **kwargs: Any
) -> None:
    inscripcion.olvidar_sin_empezar(personas=personas, desde=desde, hoy=timezone.localdate(ahora))


@receiver(integrante_entro)
def al_entrar(persona: int, anterior: datetime.datetime | None, **kwargs: Any) -> None:
    inscripcion.inscribir_al_entrar(persona_id=persona, anterior=anterior, ahora=timezone.now())


@receiver(init_new_page)
def al_crear_una_leccion(page: Any, **kwargs: Any) -> None:
    """«Crear desde plantilla»: a new lesson starts with example steps to write over."""
    if isinstance(page, Leccion) and not page.pasos:
        page.pasos = pasos_de_ejemplo()


@receiver(formulario_apartado)
def guardar_la_duda_apartada(
    sender: Any, persona: Persona, enviado: str, ahora: datetime.datetime, **kwargs: Any
) -> str:
    return guardar_apartada(persona=persona, enviado=enviado, ahora=ahora)
