"""How keys are kept: Argon2id, with the memory and the passes of a small server.

Source: OWASP, «Password Storage Cheat Sheet», and ASVS 5.0, 11.4.2: 19 MiB, two passes, one lane.
"""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2DeMemoriaMedida(Argon2PasswordHasher):
    """Django's own, that would take 100 MiB and eight lanes each time: forty at once would not fit (decision 64).

    ``memory_cost`` in KiB. What was kept with others is kept again with these at the next sign-in.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
