# A cluster made with Python's cryptography, in the folder where this runs: an RSA authority that signs ECDSA keys.
import datetime
import ipaddress

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID as Usage
from cryptography.x509.oid import NameOID

NOW = datetime.datetime.utcnow()
CLIENT, SERVER = [Usage.CLIENT_AUTH], [Usage.SERVER_AUTH]


def name(cn, o=None):
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, cn)]
    if o:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, o))
    return x509.Name(parts)


def alternative(one):
    try:
        return x509.IPAddress(ipaddress.ip_address(one))
    except ValueError:
        return x509.DNSName(one)


def make(stem, subject, issuer=None, usages=(), names=()):
    key = ec.generate_private_key(ec.SECP384R1()) if issuer else rsa.generate_private_key(public_exponent=65537, key_size=2048)
    issuer_name, issuer_key = issuer or (subject, key)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer_name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - datetime.timedelta(minutes=5))
        .not_valid_after(NOW + datetime.timedelta(days=365))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([alternative(one) for one in names]), critical=False)
    certificate = builder.sign(issuer_key, hashes.SHA256())
    with open(stem + ".crt", "wb") as file:
        file.write(certificate.public_bytes(serialization.Encoding.PEM))
    with open(stem + ".key", "wb") as file:
        file.write(
            key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
        )
    return subject, key


SERVICE = ["kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local", "10.96.0.1"]
ca = make("ca", name("kubernetes-ca"))
make("admin", name("kubernetes-admin", "system:masters"), ca, CLIENT)
make("kube-scheduler", name("system:kube-scheduler"), ca, CLIENT)
make("kube-controller-manager", name("system:kube-controller-manager"), ca, CLIENT)
make("kube-apiserver", name("kube-apiserver"), ca, CLIENT + SERVER, SERVICE + ["10.4.0.1", "10.4.0.9", "127.0.0.1"])
make("etcd-server", name("etcd-server"), ca, CLIENT + SERVER, ["10.4.0.1", "127.0.0.1"])
make("worker-9", name("system:node:worker-9", "system:nodes"), ca, CLIENT + SERVER, ["worker-9", "10.4.0.19"])
