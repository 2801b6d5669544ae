#!/usr/bin/env python3
"""Judges private keys and signatures that somebody else's program made: `judge.py FILE` with the lines that keys.mjs writes.

The numbers are judged by GMP (gmpy2) and by OpenSSL (cryptography), neither of which had a part in making them. Every row of the table
has a weak key of its own kind planted first (`PLANTED`), and a row that does not find it is no row.

Bounds of chance: every statistical row as a whole fails a good generator once in a million runs (FALSE_ALARM), divided among its tests.
"""

import base64
import collections
import hashlib
import hmac
import json
import os
import random
import statistics
import sys
from dataclasses import dataclass, replace
from math import log, sqrt

import gmpy2
from gmpy2 import gcd, lcm, mpz
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa, utils
from cryptography.x509 import load_der_x509_csr

FALSE_ALARM = 1e-6
NLEN = 2048
E = 65537
BAR, ESCAPED = "|", "\\|"
ROUNDS = 40


@dataclass(frozen=True)
class Key:
    """The numbers of RFC 8017, section 3.2, representation 2."""

    n: int
    e: int
    d: int
    p: int
    q: int
    dp: int
    dq: int
    qinv: int
    der: bytes = b""

    @classmethod
    def read(cls, der):
        """OpenSSL checks the key as it reads it (RSA_check_key)."""
        found = serialization.load_der_private_key(der, None)
        assert isinstance(found, rsa.RSAPrivateKey), "no RSA key"
        numbers = found.private_numbers()
        public = numbers.public_numbers
        whole = (public.n, public.e, numbers.d, numbers.p, numbers.q, numbers.dmp1, numbers.dmq1, numbers.iqmp)
        return cls(*map(mpz, whole), der)

    @classmethod
    def of(cls, p, q, e=E):
        """A key that is right in all but its primes; the numbers of one that cannot be are 0."""
        p, q = mpz(p), mpz(q)
        order = lcm(p - 1, q - 1)
        inverse = lambda x, m: gmpy2.invert(x, m) if gcd(x, m) == 1 else mpz(0)
        d = inverse(mpz(e), order)
        return cls(p * q, mpz(e), d, p, q, d % (p - 1), d % (q - 1), inverse(q, p))

    @property
    def order(self):
        return lcm(self.p - 1, self.q - 1)


# Each row of one key: what it asks, and whether a key has it.
ROWS = {
    "n has 2048 bits, p and q 1024": lambda k: (k.n.bit_length(), k.p.bit_length(), k.q.bit_length()) == (NLEN, NLEN // 2, NLEN // 2),
    "e = 65537, n = p q": lambda k: k.e == E and k.n == k.p * k.q,
    "p and q prime (GMP: Baillie-PSW and 40 rounds of Miller-Rabin)": lambda k: all(is_prime(x) for x in (k.p, k.q)),
    "p, q >= sqrt(2) 2^1023 (FIPS 186-5, A.1.3)": lambda k: all(2 * x * x >= mpz(1) << NLEN for x in (k.p, k.q)),
    "p != q, |p - q| > 2^924 (A.1.3, step 5.5)": lambda k: abs(k.p - k.q) > mpz(1) << (NLEN // 2 - 100),
    "gcd(p - 1, e) = gcd(q - 1, e) = 1": lambda k: gcd(k.p - 1, k.e) == 1 == gcd(k.q - 1, k.e),
    "2^1024 < d < lcm(p - 1, q - 1) (A.1.1, criterion 3)": lambda k: mpz(1) << (NLEN // 2) < k.d < k.order,
    "d e = 1 modulo lcm(p - 1, q - 1)": lambda k: k.d * k.e % k.order == 1,
    "CRT parts: d mod p - 1, d mod q - 1, 1/q mod p": lambda k: (k.dp, k.dq) == (k.d % (k.p - 1), k.d % (k.q - 1)) and k.qinv * k.q % k.p == 1,
}


def is_prime(x):
    return gmpy2.is_strong_bpsw_prp(x) and gmpy2.is_prime(x, ROUNDS)


def shared_factors(keys):
    """Keys whose modulus has a factor with another's: batch GCD (Heninger and others, 2012), a product tree and a remainder tree."""
    tree = [[k.n for k in keys]]
    while len(tree[-1]) > 1:
        level = tree[-1]
        tree.append([level[i] * level[i + 1] if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)])
    rest = tree.pop()
    while tree:
        level = tree.pop()
        rest = [rest[i // 2] % (x * x) for i, x in enumerate(level)]
    return [k for k, r in zip(keys, rest) if gcd(r // k.n, k.n) != 1]


def repeated(values):
    return [value for value, count in collections.Counter(values).items() if count > 1]


# Statistics. Each returns the worst of its tests as (what, statistic, bound): good while the statistic is below.


def quantile(tests):
    """How many standard deviations a good generator exceeds once in FALSE_ALARM, in any of so many tests, either way."""
    return -statistics.NormalDist().inv_cdf(FALSE_ALARM / tests / 2)


def bits(numbers, positions):
    """Each bit is set in half of the numbers."""
    bound, half = quantile(len(positions)), len(numbers) / 2
    worst = max(positions, key=lambda i: abs(sum(int(x.bit_test(i)) for x in numbers) - half))
    deviation = abs(sum(int(x.bit_test(worst)) for x in numbers) - half) / sqrt(len(numbers) / 4)
    return f"bit {worst}", deviation, bound


def bins(values, classes):
    """Chi-square over equally likely classes, as standard deviations by Wilson and Hilferty."""
    expected, counts = len(values) / classes, collections.Counter(values)
    chi = sum((counts.get(i, 0) - expected) ** 2 / expected for i in range(classes))
    freedom = classes - 1
    deviation = ((chi / freedom) ** (1 / 3) - 1 + 2 / (9 * freedom)) / sqrt(2 / (9 * freedom))
    return f"chi-square {chi:.0f} of {freedom}", abs(deviation), quantile(1)


BITS = NLEN // 2


def primes(keys):
    return [x for k in keys for x in (k.p, k.q)]


def inner(x):
    """The bytes between the highest and the lowest."""
    return int(x).to_bytes(BITS // 8, "big")[1:-1]


# The two highest bits and the lowest are set in every prime, by construction; all others are free.
STATISTICS = {
    "each of the 1021 free bits of p and q": lambda keys: bits(primes(keys), range(1, BITS - 2)),
    "each bit of p xor q": lambda keys: bits([k.p ^ k.q for k in keys], range(1, BITS - 2)),
    "the highest 6 free bits": lambda keys: bins([int(x >> (BITS - 8)) & 63 for x in primes(keys)], 64),
    "the lowest 7 free bits": lambda keys: bins([int(x >> 1) & 127 for x in primes(keys)], 128),
    "all bytes between": lambda keys: bins([byte for x in primes(keys) for byte in inner(x)], 256),
}
LEAST = 200  # keys; with fewer the classes are too thin


# ECDSA


@dataclass(frozen=True)
class Signed:
    curve: str
    secret: int
    message: bytes
    r: int
    s: int


CURVES = {
    "ecdsa-p256": (ec.SECP256R1(), hashlib.sha256, mpz(0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551)),
    "ecdsa-p384": (ec.SECP384R1(), hashlib.sha384, mpz("0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973", 0)),
}


def nonce(curve, secret, message):
    """k of RFC 6979, section 3.2; both hashes have the size of their curve's order."""
    _, hashed, order = CURVES[curve]
    size = hashed().digest_size
    octets = lambda x: int(x).to_bytes(size, "big")
    digest = hashed(message).digest()
    seed = octets(secret) + octets(int.from_bytes(digest, "big") % order)
    mac = lambda key, data: hmac.new(key, data, hashed).digest()
    key, value = b"\0" * size, b"\1" * size
    for separator in (b"\0", b"\1"):
        key = mac(key, value + separator + seed)
        value = mac(key, value)
    while True:
        value = mac(key, value)
        k = int.from_bytes(value, "big")
        if 0 < k < order:
            return k, int.from_bytes(digest, "big")
        key = mac(key, value + b"\0")
        value = mac(key, value)


def as_rfc_6979(one):
    curve, _, order = CURVES[one.curve]
    k, z = nonce(one.curve, one.secret, one.message)
    r = ec.derive_private_key(k, curve).public_key().public_numbers().x % order
    s = gmpy2.invert(k, order) * (z + r * one.secret) % order
    return (one.r, one.s) == (r, s)


def same_for_the_same(signed):
    """Equal messages under one key whose signatures differ."""
    seen = {}
    return [one for one in signed if seen.setdefault((one.secret, one.message), (one.r, one.s)) != (one.r, one.s)]


def nonce_again(signed):
    """Different messages under one key with one r: whoever sees both has the key."""
    seen = {}
    return [one for one in signed if seen.setdefault((one.secret, one.r), one.message) != one.message]


SIGNATURES = {
    "ECDSA: r and s are those of RFC 6979": lambda signed: [one for one in signed if not as_rfc_6979(one)],
    "ECDSA: equal messages, one signature": same_for_the_same,
    "ECDSA: different messages, never one r": nonce_again,
}


# Every row, with all that it has against what it is shown: no findings, a good row.


def judged(keys, signed):
    """Rows of (what, how many were looked at, findings)."""
    rows = [(what, len(keys), [k for k in keys if not holds(k)]) for what, holds in ROWS.items()]
    rows.append(("no factor shared by two moduli (batch GCD)", len(keys), shared_factors(keys)))
    rows.append(("no prime twice", 2 * len(keys), repeated(primes(keys))))
    if len(keys) >= LEAST:
        for what, test in STATISTICS.items():
            name, deviation, bound = test(keys)
            rows.append((f"unbiased: {what} ({name}: {deviation:.2f} sigma, bound {bound:.2f})", len(keys), [name] if deviation >= bound else []))
    rows += [(what, len(signed), find(signed)) for what, find in SIGNATURES.items()]
    return rows


# The negative twins: for each row something that it must find.


def random_prime(dice, low=mpz(3) << (BITS - 2)):
    while True:
        p = gmpy2.next_prime(low + mpz(dice.getrandbits(BITS - 2)))
        if p.bit_length() == BITS and p % E != 1:
            return p


def planted(dice):
    """(what is planted, the row's beginning, keys, signatures)"""
    prime = lambda: random_prime(dice)
    p, q, good = prime(), prime(), Key.of(prime(), prime())
    one = lambda what, row, *keys: (what, row, [*keys], [])
    small = [gmpy2.next_prime(mpz(3) << (BITS // 2 - 2) | dice.getrandbits(BITS // 2 - 2)) for _ in range(4)]
    yield one("a modulus of 2047 bits", "n has", Key.of(gmpy2.next_prime(mpz(5) << (BITS - 3) | dice.getrandbits(BITS - 4)), gmpy2.next_prime(mpz(5) << (BITS - 3))))
    yield one("half the size", "n has", Key.of(*small[:2]))
    while True:
        a, b = prime(), prime()
        if a % 3 == b % 3 == 2:
            break
    yield one("e = 3", "e = 65537", Key.of(a, b, 3))
    yield one("n that is another product", "e = 65537", replace(good, n=good.n + 2))
    yield one("p of two primes", "p and q prime", Key.of(small[0] * small[1] | 1 << (BITS - 1), q))
    while True:
        m = mpz(dice.getrandbits(BITS // 3 - 4) | 1 << (BITS // 3 - 5))
        if all(gmpy2.is_prime(f * m + 1) for f in (6, 12, 18)):
            break
    yield one("q a Carmichael number", "p and q prime", Key.of(p, (6 * m + 1) * (12 * m + 1) * (18 * m + 1)))
    yield one("p just below sqrt(2) 2^1023", "p, q >= sqrt", Key.of(before(gmpy2.isqrt(mpz(1) << (NLEN - 1))), q))
    yield one("p = q", "p != q", Key.of(p, p))
    yield one("q the next prime after p", "p != q", Key.of(gmpy2.next_prime(p), p))
    bad = p - p % (2 * E) + 1
    while not gmpy2.is_prime(bad):
        bad += 2 * E
    yield one("e divides p - 1", "gcd(p - 1", Key.of(bad, q))
    order = good.order
    small_d = gmpy2.next_prime(mpz(dice.getrandbits(500)))
    yield one("a small d", "2^1024 < d", replace(good, d=small_d, e=gmpy2.invert(small_d, order)))
    yield one("d beyond the lcm", "2^1024 < d", replace(good, d=good.d + order))
    yield one("d of another key", "d e = 1", replace(good, d=Key.of(prime(), prime()).d))
    yield one("a CRT part off by one", "CRT parts", replace(good, dp=good.dp + 1))
    yield one("1/q of the wrong prime", "CRT parts", replace(good, qinv=gmpy2.invert(good.p, good.q)))
    many = [Key.of(prime(), prime()) for _ in range(7)]
    yield one("a prime in two keys of nine", "no factor shared", *many, Key.of(many[2].p, prime()), good)
    yield one("one key twice", "no factor shared", good, *many, good)
    yield one("a prime in two keys", "no prime twice", good, Key.of(good.q, q))
    # Numbers alone: what the statistics look at need not be prime.
    loose = lambda change: [loosely(change(x), change(y)) for x, y in zip(*[iter(candidates(dice, 2 * LEAST))] * 2)]
    yield one("a bit that is set in five of six", "unbiased: each of the 1021", *loose(lambda x: x | (mpz(1) << 77) if dice.random() < 2 / 3 else x))
    yield one("q that follows p", "unbiased: each bit of p xor", *(loosely(x, x ^ dice.getrandbits(900) & ~1) for x in candidates(dice, LEAST)))
    yield one("a top byte that is never high", "unbiased: the highest", *loose(lambda x: x & ~(mpz(1) << (BITS - 4))))
    yield one("a low byte of few values", "unbiased: the lowest", *loose(lambda x: x & ~mpz(6)))
    text = ~mpz(int("80" * (BITS // 8 - 2) + "00", 16))
    yield one("bytes that are text", "unbiased: all bytes", *loose(lambda x: x & text))
    secret, order = mpz(dice.getrandbits(250)), CURVES["ecdsa-p256"][2]
    right = sign("ecdsa-p256", secret, b"one")
    yield "a random nonce", "ECDSA: r and s", [good], [sign("ecdsa-p256", secret, b"one", dice.getrandbits(250))]
    yield "two signatures of one message", "ECDSA: equal", [good], [right, sign("ecdsa-p256", secret, b"one", dice.getrandbits(250))]
    again = dice.getrandbits(250)
    yield "one nonce for two messages", "ECDSA: different", [good], [sign("ecdsa-p256", secret, text, again) for text in (b"one", b"two")]


def before(x):
    while not gmpy2.is_prime(x):
        x -= 1
    return x


def candidates(dice, count):
    return [mpz(dice.getrandbits(BITS) | 3 << (BITS - 2) | 1) for _ in range(count)]


def loosely(p, q):
    return Key(p * q, mpz(E), mpz(0), p, q, mpz(0), mpz(0), mpz(0))


def sign(curve, secret, message, k=None):
    group, _, order = CURVES[curve]
    derived, z = nonce(curve, secret, message)
    k = k or derived
    r = ec.derive_private_key(k, group).public_key().public_numbers().x % order
    return Signed(curve, secret, message, r, int(gmpy2.invert(k, order) * (z + r * secret) % order))


def twins():
    """Plants every weakness; a row that does not find its own is an error. Also that nothing is found where nothing is planted."""
    dice = random.Random(8)
    found = 0
    for what, row, keys, signed in planted(dice):
        rows = [(name, findings) for name, _, findings in judged(keys, signed) if name.startswith(row)]
        assert len(rows) == 1, f"{row}: {len(rows)} rows"
        assert rows[0][1], f"{rows[0][0]}: does not find {what}"
        found += 1
    fair = [loosely(x, y) for x, y in zip(*[iter(candidates(dice, 2 * LEAST))] * 2)]
    wrong = [name for name, _, findings in judged(fair, []) if name.startswith("unbiased") and findings]
    good = [name for name, _, findings in judged([Key.of(random_prime(dice), random_prime(dice)) for _ in range(3)], []) if findings]
    assert not wrong and not good, f"found where nothing is planted: {wrong + good}"
    return found


def read(path):
    keys, signed, kernels, secret = [], [], collections.Counter(), {}
    for line in open(path, encoding="ascii"):
        one = json.loads(line)
        if "rsa" in one:
            keys.append(Key.read(base64.b64decode(one["rsa"])))
            kernels[one["kernel"]] += 1
            continue
        curve = one["ecdsa"]
        if "key" in one:
            secret[curve] = serialization.load_der_private_key(base64.b64decode(one["key"]), None)
            continue
        request = load_der_x509_csr(base64.b64decode(one["request"]))
        key = secret[curve]
        assert request.is_signature_valid and request.public_key().public_numbers() == key.public_key().public_numbers()
        r, s = utils.decode_dss_signature(request.signature)
        signed.append(Signed(curve, key.private_numbers().private_value, request.tbs_certrequest_bytes, r, s))
    return keys, signed, kernels


def audited(what, figure, good):
    """A row of the table that `make test` and `make audit` end with (build/rows.sh)."""
    row = f"keys|{what}|{figure}|{'ok' if good else 'not ok'}"
    print(row)
    if path := os.environ.get("HARDWAY_ROWS"):
        with open(path, "a", encoding="utf-8") as rows:
            print(row, file=rows)


def main(path):
    planted_found = twins()
    keys, signed, kernels = read(path)
    assert keys and signed, "nothing to judge"
    rows = [("read and checked by OpenSSL", len(keys), []), *judged(keys, signed)]
    print("| what | looked at | found |\n|---|---:|---:|")
    for what, looked_at, findings in rows:
        print(f"| {what.replace(BAR, ESCAPED)} | {looked_at:,} | {len(findings)} |")
    print(f"| planted weaknesses that are found | {planted_found} | {planted_found} |")
    distinct = len({(one.secret, one.message) for one in signed})
    findings = sum(len(found) for _, _, found in rows)
    made = ", ".join(f"{count:,} by {name}" for name, count in sorted(kernels.items()))
    what = f"RSA-2048 keys by the shipped wasm ({made}), ECDSA signatures of {distinct:,} messages, {planted_found} planted weaknesses that are found"
    audited(what, f"{len(keys):,} and {len(signed):,}, {findings} findings", not findings)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
