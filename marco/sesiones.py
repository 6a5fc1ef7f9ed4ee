"""Sessions in the database, as Django keeps them; the one statement that every page pays is written once."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.db.models import QuerySet
from django.utils import timezone

from .preparadas import preparada


@preparada
def sesion_con(*, llave: str, ahora: datetime.datetime) -> QuerySet[Any]:
    """The session of a key that has not ended."""
    return db.SessionStore.get_model_class().objects.filter(session_key=llave, expire_date__gt=ahora)


class SessionStore(db.SessionStore):
    """It reads what the one of Django wrote, and the other way round."""

    def _get_session_from_db(self) -> Any:
        # A key that is not one (too long, with NUL) is refused before, as Django does.
        suya = sesion_con.primera(llave=self.session_key, ahora=timezone.now()) if self.session_key else None
        if suya is None:
            self._session_key = None
        return suya
