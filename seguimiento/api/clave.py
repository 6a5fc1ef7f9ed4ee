"""Who asks, by the key of the request. Cookies are not looked at: a page of another site cannot ask for anybody."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from ..models import Lector
from ..services.lectores import usar_clave


class ConSuClave(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Lector:
        return usar_clave(clave=token, ahora=timezone.now())
