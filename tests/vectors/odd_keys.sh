#!/bin/sh
# Writes odd_keys.txt: keys that the product does not make, one a line: a word for it, the private key (PKCS#8, base64), the public
# one (subjectPublicKeyInfo, base64). They guard nothing. The two of over 8,000 bits take a minute.
set -eu
cd "$(dirname "$0")"

line() {
    name=$1
    shift
    openssl "$@" -outform DER -out odd.der 2>/dev/null
    private=$(openssl pkcs8 -topk8 -nocrypt -inform DER -in odd.der -outform DER | base64 -w0)
    public=$(openssl pkey -inform DER -in odd.der -pubout -outform DER | base64 -w0)
    echo "$name $private $public"
}

curve() { line "$1" genpkey -algorithm EC -pkeyopt "ec_paramgen_curve:$1" -pkeyopt ec_param_enc:named_curve; }
rsa() { line "rsa-$1-e$2" genpkey -algorithm RSA -pkeyopt "rsa_keygen_bits:$1" -pkeyopt "rsa_keygen_pubexp:$2"; }

{
    for name in P-224 P-256 P-384 P-521 secp256k1 brainpoolP256r1; do
        curve "$name"
    done
    for name in ED25519 ED448 X25519 X448; do
        line "$name" genpkey -algorithm "$name"
    done
    openssl genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:1024 -pkeyopt dsa_paramgen_q_bits:160 -out odd.pem 2>/dev/null
    line dsa-1024 genpkey -paramfile odd.pem
    line rsa-pss-1024 genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:1024
    rsa 512 65537
    rsa 768 3
    rsa 1024 3
    rsa 1024 65537
    rsa 2048 3
    rsa 2048 65537
    rsa 3072 65537
    rsa 4096 65537
    rsa 8192 65537
    rsa 8200 65537
} >odd_keys.txt
rm odd.der odd.pem
