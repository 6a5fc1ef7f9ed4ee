"""The workshop of ``CONTRIBUTING.md``, word by word: a kind of unit that no room knows of."""
