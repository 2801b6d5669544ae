#!/bin/sh
# The seed's way: the keys, requests and certificates of its cluster by the commands of the article, one after the other, into the folder
# given. The two workers' follow the guide that the article follows. No kubeconfigs, no zip.
set -eu
cd "$1"

openssl genrsa -out ca.key 2048
openssl req -new -key ca.key -subj "/CN=KUBERNETES-CA" -out ca.csr
openssl x509 -req -in ca.csr -signkey ca.key -CAcreateserial -out ca.crt -days 1000

client() {
    openssl genrsa -out "$1.key" 2048
    openssl req -new -key "$1.key" -subj "$2" -out "$1.csr"
    openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -out "$1.crt" -days 1000
}

server() {
    cat >"openssl-$1.cnf" <<EOF
[req]
req_extensions = v3_req
distinguished_name = req_distinguished_name
[req_distinguished_name]
[ v3_req ]
basicConstraints = CA:FALSE
keyUsage = nonRepudiation, digitalSignature, keyEncipherment
subjectAltName = @alt_names
[alt_names]
$3
EOF
    openssl genrsa -out "$1.key" 2048
    openssl req -new -key "$1.key" -subj "$2" -out "$1.csr" -config "openssl-$1.cnf"
    openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -out "$1.crt" -extensions v3_req -extfile "openssl-$1.cnf" -days 1000
}

client admin "/CN=admin/O=system:masters"
client kube-controller-manager "/CN=system:kube-controller-manager"
client kube-proxy "/CN=system:kube-proxy"
client kube-scheduler "/CN=system:kube-scheduler"
server kube-apiserver "/CN=kube-apiserver" "DNS.1 = kubernetes
DNS.2 = kubernetes.default
DNS.3 = kubernetes.default.svc
DNS.4 = kubernetes.default.svc.cluster.local
IP.1 = 10.96.0.1
IP.2 = 192.168.5.11
IP.3 = 192.168.5.12
IP.4 = 192.168.5.30
IP.5 = 127.0.0.1"
server etcd-server "/CN=etcd-server" "IP.1 = 192.168.5.11
IP.2 = 192.168.5.12
IP.3 = 127.0.0.1"
client service-account "/CN=service-accounts"
server worker-1 "/CN=system:node:worker-1/O=system:nodes" "DNS.1 = worker-1
IP.1 = 192.168.5.21"
server worker-2 "/CN=system:node:worker-2/O=system:nodes" "DNS.1 = worker-2
IP.1 = 192.168.5.22"
