#!/usr/bin/env python3
"""Finds Carmichael numbers of 1024, 1536 and 2048 bits after Chernick: python3 chernick.py > chernick.txt

n = (6m + 1) (12m + 1) (18m + 1) with three primes passes Fermat's test to every base that has no factor with it. A line holds m.
"""
import random

random.seed(1)
SMALL = [p for p in range(5, 20000) if all(p % d for d in range(2, int(p**0.5) + 1))]
SIEVE = 1 << 22

def number(m):
    return (6 * m + 1) * (12 * m + 1) * (18 * m + 1)

def prime(p):
    return all(pow(a, p - 1, p) == 1 for a in (2, 3, 5))

for bits in 1024, 1536, 2048:
    # n is between 2^(bits-1) 1.5 and 2^bits, as a candidate is.
    low = high = 1 << bits // 3 - 4
    while number(low) < 3 << bits - 2:
        low += low >> 10
    while number(high + (high >> 10)) < 1 << bits:
        high += high >> 10
    found = 0
    while found < 3:
        start = random.randrange(low, high)
        alive = bytearray([1]) * SIEVE
        for p in SMALL:
            for factor in 6, 12, 18:
                at = -(start + pow(factor, -1, p)) % p
                alive[at::p] = bytes(len(range(at, SIEVE, p)))
        at = alive.find(1)
        while at >= 0 and not all(prime(factor * (start + at) + 1) for factor in (6, 12, 18)):
            at = alive.find(1, at + 1)
        if at >= 0 and number(start + at).bit_length() == bits:
            print(f"{start + at:x}", flush=True)
            found += 1
