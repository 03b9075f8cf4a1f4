"""Planned pages -> their bytes, in this process or in workers."""
