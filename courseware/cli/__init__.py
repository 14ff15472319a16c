"""The command line: one group of commands a file, no rules inside."""
