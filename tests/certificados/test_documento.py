"""The PDF: made after commit, once, kept private, made again when it is missing."""

from __future__ import annotations

import hashlib
from pathlib import Path
from unittest import mock

import pytest
from kombu.exceptions import OperationalError

from certificados import checks, services, tasks
from certificados.models import Certificado, Firmante, LogoDePlantilla
from certificados.services.recursos import almacen
from cursos.models import Inscripcion
from cursos.signals import curso_terminado
from marco.cola import cola
from tests.certificados import factories

AHORA = factories.AHORA
pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]


def test_finishing_a_course_issues_and_composes(terminada, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        curso_terminado.send_robust(sender=Inscripcion, inscripcion_id=terminada.pk)
    certificado = Certificado.objects.get(inscripcion=terminada)
    contenido = services.componer(certificado)
    assert almacen().size(certificado.pdf) == len(contenido)
    assert contenido.startswith(b"%PDF-1.7")
    assert certificado.pdf_bytes == len(contenido) <= 150 * 1024
    assert certificado.pdf_sha256 == hashlib.sha256(contenido).hexdigest()


def test_signal_for_somebody_who_has_not_earned_it_is_quiet(terminada):
    Inscripcion.objects.update(retirada_en=AHORA)
    respuestas = curso_terminado.send_robust(sender=Inscripcion, inscripcion_id=terminada.pk)
    assert [respuesta for _quien, respuesta in respuestas if isinstance(respuesta, Exception)] == []
    assert not Certificado.objects.exists()


def test_signal_received_three_times_issues_once(terminada):
    for _vez in range(3):
        curso_terminado.send_robust(sender=Inscripcion, inscripcion_id=terminada.pk)
    assert Certificado.objects.count() == 1


def test_nothing_is_announced_when_the_transaction_fails(terminada, django_capture_on_commit_callbacks):
    with mock.patch("certificados.services.emision.registrar_actos", side_effect=OSError), pytest.raises(OSError):
        services.emitir(inscripcion_id=terminada.pk, ahora=AHORA)
    assert not Certificado.objects.exists()


def test_a_queue_out_of_reach_does_not_stop_the_learner(terminada):
    with mock.patch.object(tasks.emitir, "delay", side_effect=OperationalError):
        respuestas = curso_terminado.send_robust(sender=Inscripcion, inscripcion_id=terminada.pk)
    assert [respuesta for _quien, respuesta in respuestas if isinstance(respuesta, Exception)] == []
    cola.no_antes_de = 0.0  # half a minute later
    tasks.emitir_pendientes()
    assert almacen().exists(Certificado.objects.get().pdf)


def test_sweeper_issues_and_composes_what_was_left(terminada):
    tasks.emitir_pendientes()
    tasks.emitir_pendientes()
    certificado = Certificado.objects.get()
    assert almacen().exists(certificado.pdf)


def test_composing_twice_keeps_one_file(certificado, privado):
    assert services.generar_pdf(certificado_id=certificado.pk) is True
    assert services.generar_pdf(certificado_id=certificado.pk) is False
    assert len(list(privado.rglob("*.pdf"))) == 1


def test_a_worker_killed_between_file_and_row_leaves_nothing_double(certificado, privado):
    services.generar_pdf(certificado_id=certificado.pk)
    Certificado.objects.update(pdf="", pdf_bytes=None, pdf_sha256="")
    services.generar_pdf(certificado_id=certificado.pk)
    assert len(list(privado.rglob("*.pdf"))) == 1


def test_lost_file_is_composed_again_identical(certificado):
    services.generar_pdf(certificado_id=certificado.pk)
    certificado.refresh_from_db()
    antes = services.componer(certificado)
    almacen().delete(certificado.pdf)
    assert services.componer(certificado) == antes
    assert hashlib.sha256(antes).hexdigest() == certificado.pdf_sha256


def test_no_pdf_is_made_of_what_is_not_valid(certificado, coordinadora_a):
    services.anular(certificado_id=certificado.pk, motivo="x", por=coordinadora_a, ahora=AHORA)
    assert services.generar_pdf(certificado_id=certificado.pk) is False


def test_one_paper_that_fails_does_not_hold_back_the_others(curso, plantilla):
    ids = services.emitir_en_lote(
        inscripcion_ids=[inscripcion.pk for inscripcion in factories.crear_muchos(curso, 3)], ahora=AHORA
    ).emitidos
    verdadero = services.generar_pdf

    def falla_el_primero(*, certificado_id):
        if certificado_id == ids[0]:
            raise services.NoSePudoComponer("x")
        return verdadero(certificado_id=certificado_id)

    with mock.patch.object(services, "generar_pdf", falla_el_primero):
        tasks.generar_pdf(ids)
    assert services.sin_pdf(limite=10) == [ids[0]]


def test_logo_and_signature_are_kept_as_they_were(terminada, plantilla, privado):
    imagen = factories.crear_imagen()
    LogoDePlantilla.objects.create(plantilla=plantilla, imagen=imagen, sort_order=0)
    firmante = plantilla.firmantes.first()
    firmante.imagen = imagen
    firmante.save()
    certificado = services.emitir(inscripcion_id=terminada.pk, ahora=AHORA)
    antes = services.componer(certificado)
    LogoDePlantilla.objects.all().delete()
    Firmante.objects.all().delete()
    imagen.file.storage.delete(imagen.file.name)
    imagen.delete()
    assert services.componer(certificado) == antes
    assert len(list((privado / "certificados" / "imagenes").iterdir())) == 1
    assert certificado.datos["logos"][0]["alternativa"] == "Logo de la entidad"


def test_a_lost_logo_does_not_stop_the_proof(terminada, plantilla, privado):
    LogoDePlantilla.objects.create(plantilla=plantilla, imagen=factories.crear_imagen(), sort_order=0)
    certificado = services.emitir(inscripcion_id=terminada.pk, ahora=AHORA)
    for archivo in privado.rglob("*.png"):
        archivo.unlink()
    assert services.componer(certificado).startswith(b"%PDF")


def test_private_storage_lies_outside_what_is_served(certificado, settings):
    services.generar_pdf(certificado_id=certificado.pk)
    certificado.refresh_from_db()
    assert not Path(almacen().path(certificado.pdf)).is_relative_to(settings.MEDIA_ROOT)
    assert checks.almacen_privado() == []
    settings.MEDIA_ROOT = str(Path(almacen().location).parent)
    assert [error.id for error in checks.almacen_privado()] == ["kuska.E011"]
    settings.STORAGES = {clave: valor for clave, valor in settings.STORAGES.items() if clave != "privado"}
    assert [error.id for error in checks.almacen_privado()] == ["kuska.E011"]


def test_missing_fonts_and_address_are_told_at_start(settings):
    assert [*checks.fuentes(), *checks.direccion_del_sitio()] == []
    with mock.patch("certificados.pdf.letras.FUENTES", ("Otra.ttf",)):
        assert [error.id for error in checks.fuentes()] == ["kuska.E010"]
    settings.WAGTAILADMIN_BASE_URL = ""
    assert [error.id for error in checks.direccion_del_sitio()] == ["kuska.E012"]


def test_the_picture_is_composed_once_and_kept_beside_its_pdf(terminada, monkeypatch):
    certificado = services.emitir(inscripcion_id=terminada.pk, ahora=AHORA)
    services.generar_pdf(certificado_id=certificado.pk)
    certificado.refresh_from_db()
    primera = services.dibujar(certificado)
    monkeypatch.setattr("certificados.services.documento.componer_imagen", mock.Mock(side_effect=AssertionError))
    assert services.dibujar(certificado) == primera
    with almacen().open(certificado.pdf.replace(".pdf", ".png")) as guardada:
        assert guardada.read() == primera


def test_a_picture_without_a_pdf_beside_it_is_kept_nowhere(terminada):
    certificado = services.emitir(inscripcion_id=terminada.pk, ahora=AHORA)
    Certificado.objects.update(pdf="", pdf_bytes=None, pdf_sha256="")
    certificado.refresh_from_db()
    with mock.patch.object(almacen(), "save", side_effect=AssertionError):
        assert services.dibujar(certificado).startswith(b"\x89PNG")


def test_a_full_disk_costs_composing_the_picture_again(terminada):
    certificado = services.emitir(inscripcion_id=terminada.pk, ahora=AHORA)
    services.generar_pdf(certificado_id=certificado.pk)
    certificado.refresh_from_db()
    with mock.patch.object(type(almacen()), "save", side_effect=OSError(28, "No space left on device")):
        assert services.dibujar(certificado).startswith(b"\x89PNG")
    assert not almacen().exists(certificado.pdf.replace(".pdf", ".png"))


def con_papel(terminada) -> Certificado:
    certificado = services.emitir(inscripcion_id=terminada.pk, ahora=AHORA)
    services.generar_pdf(certificado_id=certificado.pk)
    certificado.refresh_from_db()
    return certificado


def test_a_picture_that_was_left_half_written_is_never_shown_and_is_replaced(terminada, privado):
    certificado = con_papel(terminada)
    entera = services.dibujar(certificado)
    archivo = privado / certificado.pdf.replace(".pdf", ".png")
    archivo.write_bytes(entera[:-20])
    assert services.dibujar(certificado) == entera
    assert archivo.read_bytes() == entera


def a_medias(self, nombre, contenido):
    """What a file system does when the disk is full: the name, and a part of what was to be written."""
    donde = Path(self.path(nombre))
    donde.parent.mkdir(parents=True, exist_ok=True)
    donde.write_bytes(contenido.read()[:50])
    raise OSError(28, "No space left on device")


def test_a_save_that_fails_leaves_nothing_half_written(terminada, privado):
    certificado = con_papel(terminada)
    with mock.patch.object(type(almacen()), "_save", a_medias):
        assert services.dibujar(certificado).startswith(b"\x89PNG")
    assert not list(privado.rglob("*.png"))
    Certificado.objects.update(pdf="", pdf_bytes=None, pdf_sha256="")
    almacen().delete(certificado.pdf)
    with mock.patch.object(type(almacen()), "_save", a_medias), pytest.raises(OSError, match="No space"):
        services.generar_pdf(certificado_id=certificado.pk)
    assert not list(privado.rglob("*.pdf"))


def test_a_storage_out_of_reach_costs_composing_the_picture_again(terminada):
    certificado = con_papel(terminada)
    for acto in ("open", "exists", "save"):
        with mock.patch.object(type(almacen()), acto, side_effect=RuntimeError("its own error")):
            assert services.dibujar(certificado).startswith(b"\x89PNG")


def test_a_pdf_that_was_left_half_written_is_not_taken_for_the_whole_one(terminada, privado):
    certificado = con_papel(terminada)
    entero = services.componer(certificado)
    (privado / certificado.pdf).write_bytes(entero[:100])
    Certificado.objects.update(pdf="", pdf_bytes=None, pdf_sha256="")
    services.generar_pdf(certificado_id=certificado.pk)
    assert (privado / certificado.pdf).read_bytes() == entero
    assert len(list(privado.rglob("*.pdf"))) == 1


def test_a_picture_made_while_its_person_was_taken_away_is_not_kept(terminada, privado, monkeypatch):
    certificado = con_papel(terminada)

    def mientras(_datos):
        Certificado.objects.update(pdf="", pdf_bytes=None, pdf_sha256="", suprimido_en=AHORA)
        return b"\x89PNG" + services.documento.FIN_DE_PNG

    monkeypatch.setattr("certificados.services.documento.componer_imagen", mientras)
    services.dibujar(certificado)
    assert not list(privado.rglob("*.png"))


def test_a_pdf_made_while_its_person_was_taken_away_is_not_kept(terminada, privado, monkeypatch):
    certificado = services.emitir(inscripcion_id=terminada.pk, ahora=AHORA)
    componer = services.documento._componer

    def mientras(documento):
        Certificado.objects.update(suprimido_en=AHORA)
        return componer(documento)

    monkeypatch.setattr("certificados.services.documento._componer", mientras)
    assert not services.generar_pdf(certificado_id=certificado.pk)
    assert Certificado.objects.get().pdf == "" and not list(privado.rglob("*.pdf"))
