"""What this site costs on a machine, measured from outside: its own processes, asked over HTTP, beside a bare floor.

``manage.py bench`` turns a service on over data of its own (``servicio``), fills it with people (``poblacion``), plays
what people do (``escenas``) and says what it took (``medicion``) beside what it may take (``metas``). Nothing of this
is in the wheel, and no settings but those of ``ajustes`` have the floor in them.
"""
