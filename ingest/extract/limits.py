"""How much of a file is read. A file beyond a limit is refused whole: half a record misleads."""

from __future__ import annotations

MEGABYTE = 1_000_000

#: Bytes of a file. Policies with figures stay near 5 MB; scans of whole charts, which hold no text, are larger.
MOST_BYTES = 25 * MEGABYTE
#: Bytes a compressed file (DOCX, gzip) may expand to. A text of the most characters is a tenth of it; a bomb, far more.
MOST_EXPANDED_BYTES = 100 * MEGABYTE
#: Parts of a DOCX. A document with hundreds of pictures stays below.
MOST_PARTS = 5_000
#: Pages of a PDF. The longest coverage manuals stay below; the whole of a chart is nothing to ask one question about.
MOST_PAGES = 600
#: Characters of text, about a thousand pages.
MOST_CHARACTERS = 3_000_000
#: Characters of JSON, which is mostly names and codes: a record of decades with its bills takes 10 to 20 million.
MOST_JSON_CHARACTERS = 50_000_000
#: Nesting of JSON. A FHIR resource stays below 30 levels.
MOST_LEVELS = 100
#: Seconds one file may take. Six hundred pages of text take about half of it on a slow machine.
MOST_SECONDS = 60
#: Bytes of memory of the process that opens a PDF or DOCX: some forty times an ordinary need.
MOST_MEMORY = 2_000 * MEGABYTE
