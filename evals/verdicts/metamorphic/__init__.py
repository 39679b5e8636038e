"""Changes that must not change the answer, or must change just one thing: no label is needed to judge them."""
