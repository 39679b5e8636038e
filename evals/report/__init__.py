"""What a run found, for readers: in words (``text``), as one page (``html``), and as a file (``json_file``)."""
