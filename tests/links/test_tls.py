"""Which faults of TLS are a server's."""

from __future__ import annotations

import ssl

from dlcards.links import tls


def test_faults_of_tls() -> None:
    for reason in ("WRONG_VERSION_NUMBER", "TLSV1_ALERT_PROTOCOL_VERSION", "TLSV1_UNRECOGNIZED_NAME"):
        assert tls.is_broken(ssl.SSLError(1, f"[SSL: {reason}] in words (_ssl.c:1000)"))
    for reason in (
        "SSLV3_ALERT_HANDSHAKE_FAILURE",
        "TLSV1_ALERT_INTERNAL_ERROR",
        "UNEXPECTED_EOF_WHILE_READING",
    ):
        assert not tls.is_broken(ssl.SSLError(1, f"[SSL: {reason}] in words (_ssl.c:1000)"))
    certificate = ssl.SSLCertVerificationError("no")
    for code, lacks in {10: False, 18: False, 19: False, 20: True, 21: True, 62: False}.items():
        certificate.verify_code = code
        assert tls.is_broken(certificate)
        assert tls.lacks_issuer(certificate) == lacks
    assert not tls.lacks_issuer(ssl.SSLError(1, "x"))
    assert tls.names_its_issuer(b"0\x0c\x06\x08+\x06\x01\x05\x05\x070\x02\x86\x00")
    assert not tls.names_its_issuer(b"0\x0c\x06\x08+\x06\x01\x05\x05\x070\x01\x86\x00")
    assert not tls.names_its_issuer(None)
