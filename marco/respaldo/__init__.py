"""Copies of an installation: made while it serves, restored elsewhere and compared, and put back when all is lost.

``copiar`` makes one, ``comprobar`` restores it elsewhere and compares it, ``volver`` puts it in the place of what there
is. A copy is one sealed file (``cifrado``, ``caja``); what each database knows how to do is in ``sqlite`` and
``postgres``. What must outlive a return, of whichever room, is remembered outside the database (``memoria``).
"""
