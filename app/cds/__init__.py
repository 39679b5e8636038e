"""CDS Hooks 2.0 with Da Vinci CRD's coverage information: a request in, cards out. No server, no store, no fetch."""
