#!/usr/bin/env python3
"""Finds strong pseudoprimes to base 2 of 1024, 1536 and 2048 bits: python3 strong_pseudoprimes.py > strong_pseudoprimes.txt

n = p (2p - 1) with both factors prime passes Fermat's test to base 2 if 2 is a square modulo 2p - 1, as it is for p = 1 modulo 4,
and for a good part of such p that of Miller and Rabin.
"""
import math
import random

random.seed(1)
SMALL = [p for p in range(3, 5000) if all(p % d for d in range(2, int(p**0.5) + 1))]

def prime(n):
    return all(n % p for p in SMALL) and all(pow(a, n - 1, n) == 1 for a in (2, 3, 5, 7))

def strong(n, base):
    d, s = n - 1, 0
    while d % 2 == 0:
        d, s = d // 2, s + 1
    x = pow(base, d, n)
    if x in (1, n - 1):
        return True
    for _ in range(s - 1):
        x = x * x % n
        if x == n - 1:
            return True
    return False

for bits in 1024, 1536, 2048:
    # n is between 2^(bits-1) 1.5 and 2^bits, as a candidate is.

    low, high = math.isqrt(3 << bits - 3) + 1, math.isqrt(1 << bits - 1)
    found = 0
    while found < 3:
        p = random.randrange(low, high) & ~3 | 1
        for p in range(p, p + 100000, 4):
            if any(p % s == 0 or (2 * p - 1) % s == 0 for s in SMALL):
                continue
            if p < high and prime(p) and prime(2 * p - 1) and strong(p * (2 * p - 1), 2):
                print(f"{p * (2 * p - 1):x}", flush=True)
                found += 1
                break
