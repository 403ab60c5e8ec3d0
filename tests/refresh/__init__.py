"""`doctor.refresh`: the catalog against an index on the loopback interface."""
