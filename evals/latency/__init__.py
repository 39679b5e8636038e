"""How long does an answer take, beside doing less? The figures of ``evals.bench``, with few repeats."""
