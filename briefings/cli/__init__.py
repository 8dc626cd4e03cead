"""Commands -> calls; results -> text and exit codes. Only `__main__` imports it."""
