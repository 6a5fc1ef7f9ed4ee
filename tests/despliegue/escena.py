"""Read by the shell of the site: a short course with its certificate, and somebody to take it. Prints where it is."""

import io
import json

from django.core.files.base import ContentFile
from PIL import Image

from marco.models import AjustesDelAula
from tests import gente
from tests.certificados.factories import crear_plantilla
from tests.evaluaciones.factories import ProgramaConEvaluacion

gente.crear_territorio()
programa = ProgramaConEvaluacion(lecciones=1, preguntas=2)
crear_plantilla(programa.curso)
programa.inscribir(gente.crear_integrante("40000001", "Rosa", "Quispe Huamán"))
dibujo = io.BytesIO()
Image.new("RGB", (8, 8), "green").save(dibujo, "PNG")
ajustes = AjustesDelAula.load()
ajustes.logo.save("logo.png", ContentFile(dibujo.getvalue()))
print(json.dumps({"curso": programa.curso.numero, "logo": ajustes.logo.name, "clave": gente.CLAVE}))  # noqa: T201 — read by who asked
