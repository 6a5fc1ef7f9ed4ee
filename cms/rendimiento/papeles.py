"""Papers: what one costs beside a plain PDF of the same words, and a thousand in a worker, as its work does them.

Each function is asked in a process of its own (``dentro``), over the base of the service that is measured.
"""

from __future__ import annotations

import datetime
import json
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from PIL import Image, ImageDraw

from certificados.consultas.documentos import Filtro, del_panel
from certificados.models import Certificado, Firmante, Plantilla
from certificados.pdf import ClaseDeDocumento, DatosDeCertificado, FirmaImpresa, ModuloImpreso, componer_pdf
from certificados.pdf.compositor import preparar_carga
from certificados.pdf.imagenes import cabe_a_cada_una, preparar_imagen
from certificados.pdf.letras import CARPETA_DE_FUENTES
from certificados.services.lotes import pedir_emision_de_varios, pedir_paquete
from cursos.models import Avance, Inscripcion
from instancias.models import Alcance, Trabajo
from instancias.politica import alcance_de
from instancias.services.trabajos import hacer

from .poblacion import poblar

PISO = Path(__file__).with_name("piso.typ")
LOGOS, MODULOS, CALENTAR, SEGUIDOS = 2, 8, 3, 10


def dibujar_logo(numero: int) -> bytes:
    """A logo as offices have them: a coat of arms whose colours change by degrees, and letters."""
    dibujo = Image.new("RGBA", (900, 300), (255, 255, 255, 0))
    lapiz = ImageDraw.Draw(dibujo)
    for radio in range(140, 0, -1):
        color = (radio + 60, 40 + numero * 30, 255 - radio, 255)
        lapiz.ellipse((150 - radio, 150 - radio, 150 + radio, 150 + radio), fill=color)
    lapiz.text((320, 90), "Municipalidad Provincial\nde Leoncio Prado", fill=(60, 20, 90, 255), font_size=46)
    salida = BytesIO()
    dibujo.save(salida, "PNG")
    return salida.getvalue()


def certificado(logos: int = LOGOS, modulos: int = MODULOS) -> DatosDeCertificado:
    cabe = cabe_a_cada_una(logos, con_contenido=bool(modulos))
    return DatosDeCertificado(
        clase=ClaseDeDocumento.CERTIFICADO,
        nombre="Rosa Elvira Quispe Ñaupari",
        documento="DNI N.º 45678912",
        curso="Nuestras funciones",
        instancia="Instancia Provincial de Concertación de Leoncio Prado",
        modalidad="virtual",
        desde=datetime.date(2026, 11, 3),
        hasta=datetime.date(2026, 11, 28),
        horas=24,
        tipo_de_horas="cronológicas",
        lugar="Tingo María",
        fecha=datetime.date(2026, 11, 30),
        registro="0012-2026",
        codigo="7K3M-9XQ2-4T",
        direccion_qr="https://aula.ejemplo.pe/v/7k3m9xq24t7k3m9xq24t7k3m9x",
        direccion_escrita="aula.ejemplo.pe/v",
        entidad="Centro Emergencia",
        nota="Documento con código de verificación. No lleva firma digital.",
        logos=tuple(preparar_imagen(dibujar_logo(n), alternativa=f"Logo {n}", cabe=cabe) for n in range(logos)),
        firmas=(FirmaImpresa(nombre="Firmante Número 1", cargo="Directora", entidad="Entidad"),),
        modulos=tuple(ModuloImpreso(titulo=f"Módulo {n}: rutas de atención", horas="3") for n in range(1, modulos + 1)),
    )


def un_pdf(*, rondas: int) -> dict[str, float]:
    """Milliseconds of processor of a certificate and of the floor, taken in turns; and its kilobytes."""
    import typst

    datos = certificado()
    carga = preparar_carga(datos)
    textos = [valor for valor in carga.values() if isinstance(valor, str)] + [
        parte["texto"] for parte in carga["frase"]
    ]
    textos += [una["nombre"] for una in carga["firmas"]] + [fila["titulo"] for fila in carga["contenido"]["filas"]]
    letras = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[CARPETA_DE_FUENTES])
    piso = typst.Compiler(PISO, root=PISO.parent, font_paths=letras)
    actos = {
        "piso": lambda n: piso.compile(sys_inputs={"datos": json.dumps([f"{n}", *textos])}, format="pdf"),
        "certificado": lambda n: componer_pdf(_otro(datos, n)),
    }
    # As a batch makes them, ten after ten; and one of each in turns, which is the worst: nothing is at hand.
    veces = _veces(actos, rondas=rondas, seguidos=SEGUIDOS)
    veces["suelto"] = _veces(actos, rondas=rondas * SEGUIDOS, seguidos=1)["certificado"]
    kilos = {"kb": len(componer_pdf(datos)) / 1024, "kb_4_logos": len(componer_pdf(certificado(4))) / 1024}
    return {nombre: statistics.median(suyas) for nombre, suyas in veces.items()} | kilos


def _veces(actos: dict[str, Callable[[int], object]], *, rondas: int, seguidos: int) -> dict[str, list[float]]:
    veces: dict[str, list[float]] = {nombre: [] for nombre in actos}
    for ronda in range(rondas + CALENTAR):
        for nombre, acto in actos.items():
            for n in range(ronda * seguidos, (ronda + 1) * seguidos):
                antes = time.process_time()
                acto(n)
                if ronda >= CALENTAR:
                    veces[nombre].append(1000 * (time.process_time() - antes))
    return veces


def _otro(datos: DatosDeCertificado, n: int) -> DatosDeCertificado:
    """The next one of a batch where no two are of one place: all that changes in one does."""
    return replace(
        datos,
        nombre=f"Persona Número {n}",
        documento=f"DNI N.º {40_000_000 + n}",
        instancia=f"Instancia Distrital de Concertación {n}",
        registro=f"{n:04d}-2026",
        codigo=f"7K3M-{n:04d}-4T",
        direccion_qr=f"https://aula.ejemplo.pe/v/7k3m9xq24t7k3m9xq24t7k{n:04d}",
    )


def terminar_muchos(*, cuantos: int) -> dict[str, Any]:
    """So many people who finished the course, a template with two logos, and who asks for their papers."""
    personas, _segundos = poblar(cuantos)
    suyas = Inscripcion.objects.filter(persona__in=personas).select_related("version")
    cuando = timezone.now()
    avances = []
    for inscripcion in suyas:
        unidades = inscripcion.version.filas.values_list("unidad_id", flat=True)
        avances += [
            Avance(
                inscripcion=inscripcion,
                unidad_id=unidad,
                estado=Avance.Estado.TERMINADA,
                iniciado_en=inscripcion.creada_en,
                terminado_en=cuando,
            )
            for unidad in unidades
        ]
        inscripcion.estado, inscripcion.hechas = Inscripcion.Estado.TERMINADA, inscripcion.requeridas
        inscripcion.iniciada_en, inscripcion.terminada_en = inscripcion.creada_en, cuando
    Avance.objects.bulk_create(avances, batch_size=1000)
    campos = ["estado", "hechas", "iniciada_en", "terminada_en"]
    Inscripcion.objects.bulk_update(suyas, campos, batch_size=500)
    _con_plantilla()
    cuenta = get_user_model().objects.create_user(username=f"medir-papeles-{Trabajo.objects.count()}", password=None)
    departamento = suyas[0].territorio_id[:2]
    Alcance.objects.create(cuenta=cuenta, territorio_id=departamento, desde=timezone.localdate())
    return {"cuenta": cuenta.pk, "terminaron": len(personas)}


def _con_plantilla() -> None:
    from django.core.files.base import ContentFile
    from wagtail.images import get_image_model

    Plantilla.objects.all().delete()
    plantilla = Plantilla(nombre="Del banco", entidad="Centro Emergencia", lugar="Tingo María")
    plantilla.firmantes.add(Firmante(nombre="Firmante", cargo="Coordinadora", entidad="Centro"))
    for n in range(LOGOS):
        archivo = ContentFile(dibujar_logo(n), name=f"logo-{n}.png")
        plantilla.logos.add(
            plantilla.logos.model(imagen=get_image_model().objects.create(title=f"Logo {n}", file=archivo))
        )
    plantilla.save()


def un_lote(*, cuenta: int) -> dict[str, float]:
    """Issue them and put them in a file, as a worker does: by runs, in a process that did nothing else before."""
    quien = get_user_model().objects.get(pk=cuenta)
    filtro = Filtro(alcance=alcance_de(quien, hoy=timezone.localdate()))
    medidas: dict[str, float] = {}
    for nombre, pedir in (("emitir", pedir_emision_de_varios), ("archivo", pedir_paquete)):
        trabajo = pedir(filtro=filtro, por=quien, lugar="", ahora=timezone.now())
        antes, reloj, vueltas = time.process_time(), time.perf_counter(), 1
        while hacer(trabajo_id=trabajo.pk):
            vueltas += 1
        trabajo.refresh_from_db()
        if trabajo.estado != Trabajo.Estado.LISTO:
            raise RuntimeError(f"El trabajo «{nombre}» no terminó: {trabajo.estado} {trabajo.motivo}")
        medidas |= {
            f"{nombre}_procesador": time.process_time() - antes,
            f"{nombre}_segundos": time.perf_counter() - reloj,
            f"{nombre}_vueltas": vueltas,
        }
    medidas["cuantos"] = del_panel(filtro).con_papel().count()
    medidas["sin_pdf"] = Certificado.objects.sin_pdf().count()
    medidas["megas"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    medidas["kb_del_archivo"] = trabajo.bytes / 1024
    return medidas
