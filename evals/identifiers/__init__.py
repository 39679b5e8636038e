"""Are personal identifiers taken out, and nothing else? Invented clinical texts with every identifier labelled.

The suite measures them; ``python -m evals.identifiers DIR`` lists what is removed from texts without labels.

Presidio (2.2.366, with spaCy's small English model) was measured on the same half, and is not used:

                                     rules now       Presidio        both together
    removed whole                    149 of 151      102 of 151      150 of 151
      of which names                 45 of 45        32 of 45        45 of 45
    other tokens touched             0.7 %           19.2 %          19.7 %
    texts without identifiers hit    1 of 20         20 of 20        20 of 20
    peak memory                      35 MB           170 MB
    import and loading               0.2 to 0.5 s    1.3 s

The one identifier it adds costs a fifth of all other words: it takes levels for driving licences, drugs for places, and
scores for dates. It would bring some fifty packages, and it looks for a list of domain names on the network.
"""
