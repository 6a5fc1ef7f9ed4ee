"""The programme as files: read, check, load into pages, and write back.

``lectura`` turns a folder into ``fichas``; ``carga`` turns fichas into pages; ``extraccion`` and ``escritura`` go back.
"""
