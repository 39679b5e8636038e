"""Constants of the score, and how they were set.

``python -m evals.citations.calibrate --data FOLDER`` fits the weights on the calibrate halves of the project's own
pairs (weight 3) and of SciFact, HealthVer and ExpertQA (weight 1 each), with as many claims beside passages of other
documents, and prints precision and recall at each threshold. A weight may only have the sign its feature calls for.
NLI4CT takes no part in the fit: the score tells its classes apart no better than chance. The report halves were not
looked at.
"""

from __future__ import annotations

from typing import Final

#: In the order of ``features.NAMES``.
WEIGHTS: Final = (0.07, 2.11, 2.09, -0.13)
INTERCEPT: Final = -3.07

#: Calibrate halves, policies and threshold together. Own pairs: 134 of 142 accepted claims are supported (precision
#: 0.94), and 134 of 213 supported ones are accepted; at 0.40 it is 157 of 172 and 157, at 0.65 33 of 33 and 33. Of the
#: contradictions with a number 102 of 104 (own), 17 of 18 (SciFact), 24 of 24 (HealthVer) and 275 of 275 (NLI4CT) are
#: refused; of the claims beside a foreign passage none is accepted in any set. From 0.45 to 0.60 precision hardly
#: moves: what passes the policies wrongly there says the source's words of someone else, which no threshold sees.
THRESHOLD: Final = 0.5

#: Probability an entailment model has to give, where one is configured. Not calibrated, as it depends on the model:
#: one half is where a model that knows two answers finds the other less likely.
ENTAILED: Final = 0.5
