"""The smallest pictures of each format, three pixels wide where the format says how wide it is."""

from __future__ import annotations

import struct
import zlib


def png_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * (width + 1))
    chunks = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", pixels) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def webp(name: bytes, content: bytes) -> bytes:
    body = b"WEBP" + name + struct.pack("<I", len(content)) + content
    return b"RIFF" + struct.pack("<I", len(body)) + body


PNG = png(3)
JPEG = (
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
    b"\xff\xc0\0\x0b\x08\0\1\0\3\1\1\x11\0"
    b"\xff\xda\0\x08\1\1\0\0\x3f\0\x7f\xff\0\xff\xd9"
)
GIF = b"GIF89a\3\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\3\0\1\0\0\2\2L\1\0;"
WEBP_LOSSY = webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a\3\0\1\0")
WEBP_LOSSLESS = webp(b"VP8L", b"\x2f\2\0\0\0\0")
BMP = b"BM" + struct.pack("<IHHIIiiHH", 58, 0, 0, 54, 40, 3, 1, 1, 24) + b"\0" * 28
AVIF = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="3" height="1"><rect width="3" height="1"/></svg>'
