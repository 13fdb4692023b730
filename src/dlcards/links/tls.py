"""What the checker trusts, and which faults of TLS are a server's."""

from __future__ import annotations

import ssl
from functools import cache

import certifi

# What no browser gets past, either: no TLS at all, a version that is long gone, a name that is not served.
_TLS_BROKEN = (
    "WRONG_VERSION_NUMBER",
    "HTTP_REQUEST",
    "UNSUPPORTED_PROTOCOL",
    "NO_PROTOCOLS_AVAILABLE",
    "ALERT_PROTOCOL_VERSION",
    "UNRECOGNIZED_NAME",
    "PACKET_LENGTH_TOO_LONG",
    "RECORD_LAYER_FAILURE",
)
# X.509's name for "here is the certificate that is missing" (id-ad-caIssuers), as it stands in DER.
_ISSUER_IS_AT = bytes.fromhex("2b06010505073002")
_NO_ISSUER = frozenset((20, 21))


def context_for(ca_file: str | None) -> ssl.SSLContext:
    """A context to be shared by all connections: making one takes longer than a handshake.

    It verifies certificates as browsers do, and takes the older ciphers that they still take:
    without them, servers that everybody can open look broken.

    Raises:
        OSError: ``ca_file`` can't be read, or holds no certificate.
    """
    context = ssl.create_default_context(cafile=certifi.where())
    if ca_file:
        context.load_verify_locations(cafile=ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("DEFAULT:@SECLEVEL=1")
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    # RFC 5280 to the letter (Python 3.13) refuses certificates that browsers take.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    context.set_alpn_protocols(["http/1.1"])
    return context


@cache
def unverified() -> ssl.SSLContext:
    """A context to look at a certificate with. Nothing is to be sent over such a connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def is_broken(error: ssl.SSLError) -> bool:
    """Whether ``error`` keeps browsers out, too, and is no mood of the network."""
    return isinstance(error, ssl.SSLCertVerificationError) or any(word in str(error) for word in _TLS_BROKEN)


def lacks_issuer(error: ssl.SSLError) -> bool:
    """Whether a certificate is missing between the server's and a trusted one."""
    return isinstance(error, ssl.SSLCertVerificationError) and error.verify_code in _NO_ISSUER


def names_its_issuer(certificate: bytes | None) -> bool:
    """Whether a certificate (DER) says where its issuer's is to be had.

    Many servers forget to send that one, and most browsers fetch it without a word.
    """
    return certificate is not None and _ISSUER_IS_AT in certificate
