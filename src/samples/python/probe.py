"""Prints where this interpreter is and which version it has."""

import sys

print(sys.executable)
print(*sys.version_info[:3], sep=".")
