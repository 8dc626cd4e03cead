"""Work that any `concurrent.futures.Executor` does: other processes, or the machines of a cluster."""
