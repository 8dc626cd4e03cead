"""Work in processes of its own: forked children, messages between processes, and who takes too much is ended."""
