"""One file per format: labelled claims of the project, of public data sets, and of whoever brings their own."""
