"""Whole articles and their citations, by the definitions of ALCE (Gao et al. 2023, EMNLP, arXiv 2305.14627)."""
