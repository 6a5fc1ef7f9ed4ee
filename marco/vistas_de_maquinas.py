"""What machines ask about the service: whether it lives, whether it can save, and how it goes."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from .cabeceras import sin_guardar
from .estado import medidas
from .fallas import UN_RATO
from .metricas import puede_leer, texto
from .salud import prueba


@sin_guardar
@require_safe
def salud(request: HttpRequest) -> HttpResponse:
    """The process answers. It asks nothing of anything else: one that waits for the database is not to be killed."""
    return HttpResponse("vivo\n", content_type="text/plain")


@sin_guardar
@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Whether what is sent now would be kept. Says in one word why not, and nothing of what is inside."""
    dicho = prueba.lista()
    respuesta = JsonResponse({"lista": bool(dicho), "por_que_no": dicho.por_que_no}, status=200 if dicho else 503)
    if not dicho:
        respuesta["Retry-After"] = str(UN_RATO)
    return respuesta


@sin_guardar
@require_safe
def metricas(request: HttpRequest) -> HttpResponse:
    """For the machine that watches the service, with its key. Without one, there is no such page."""
    if not puede_leer(request):
        raise Http404
    cuerpo, tipo = texto(medidas(ahora=timezone.now()))
    return HttpResponse(cuerpo, content_type=tipo)
