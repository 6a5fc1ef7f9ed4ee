"""A site that serves itself on one machine: pages in several processes, the worker and the clock, and who watches them.

No HTTP of ours: each process of pages is a waitress over one socket that all of them share.
"""
