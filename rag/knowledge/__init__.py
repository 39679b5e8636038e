"""The corpus as objects: vocabulary, codes, payers, policies, documents; loaded strictly."""
