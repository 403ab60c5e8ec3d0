"""What is planted and looked for."""

from __future__ import annotations

import re

USER, HOST = "annamariagruber", "gruberbox77"
SECRET = "Qz7Xk2Vb9Lm4Tn8Rw3Yp6Hd1Gf5Jc0Sa2E"
TOKEN = f"hf_{SECRET}"
ESCAPES = "\x1b]52;c;eA==\x07\u202e"
PRIVATE = re.compile(f"(?i){SECRET}|{USER}|{HOST}")
