"""Names of files that only bytes forbid: no UTF-8, control characters, what formats and terminals read."""

from __future__ import annotations

import os

from hypothesis import strategies as st

ODD = (
    b"a\xff.md",
    b"\xbf\xac/\xb4\xd9.md",
    "새\nline.md".encode(),
    b"cr\r.md",
    b"tab\there.md",
    b"esc\x1b[31mred\x1b]0;x\x07.md",
    b"c1\xc2\x9b31m.md",
    "\u202ertl\u2028.md".encode(),
    "nonchar\ufffe.md".encode(),
    b"100%:a,b=c::error ::x.md",
    b"q\"'<&>]]>.md",
    b"back\\slash\\xff.md",
    b" blanks .md",
    "한글 이름.md".encode(),
)

names = st.lists(
    st.sampled_from(
        [b"a", b" ", b"%0A", b":", b",", b"::", b"\\", b'"', b"<", b"&", b"#", b"?", b"\x1b[31m", b"\n"]
    )
    | st.binary(min_size=1, max_size=3)
    | st.characters(exclude_categories=["Cs"]).map(str.encode),
    min_size=1,
    max_size=6,
).map(lambda parts: os.fsdecode(b"".join(parts).replace(b"/", b"").replace(b"\0", b"") + b".md"))
