"""From a row of text to who sits where, or to a sentence that says what to mend, beside its cell."""
