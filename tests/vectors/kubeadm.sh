# What kubeadm writes on one control plane, by its documents. Runs in an empty folder that stands for /.
mkdir -p etc/kubernetes/pki/etcd var/lib/kubelet/pki scratch
scratch=$PWD/scratch
cd etc/kubernetes/pki
# FILE CN
authority() {
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.crt" -days 3650 -subj "/CN=$2" \
        -addext "keyUsage=critical,digitalSignature,keyEncipherment,keyCertSign" -addext "subjectAltName=DNS:$2" 2>/dev/null
}
# FILE AUTHORITY SUBJECT USAGE [NAMES]
leaf() {
    openssl req -new -newkey rsa:2048 -nodes -keyout "$1.key" -out "$scratch/csr" -subj "$3" 2>/dev/null
    printf '%s\n' basicConstraints=critical,CA:FALSE keyUsage=critical,digitalSignature,keyEncipherment \
        "extendedKeyUsage=$4" authorityKeyIdentifier=keyid >"$scratch/ext"
    [ -z "${5:-}" ] || echo "subjectAltName=$5" >>"$scratch/ext"
    openssl x509 -req -in "$scratch/csr" -CA "$2.crt" -CAkey "$2.key" -CAcreateserial -days 365 -extfile "$scratch/ext" -out "$1.crt" 2>/dev/null
}
# FILE SUBJECT
config() {
    leaf "$scratch/user" ca "$2" clientAuth
    cat >"../$1" <<EOF
apiVersion: v1
kind: Config
clusters:
- name: kubernetes
  cluster:
    server: https://10.3.0.1:6443
    certificate-authority-data: $(base64 -w0 ca.crt)
contexts:
- name: user@kubernetes
  context: {cluster: kubernetes, user: user}
current-context: user@kubernetes
users:
- name: user
  user:
    client-certificate-data: $(base64 -w0 "$scratch/user.crt")
    client-key-data: $(base64 -w0 "$scratch/user.key")
EOF
    chmod 600 "../$1"
}
authority ca kubernetes
authority etcd/ca etcd-ca
authority front-proxy-ca front-proxy-ca
openssl genrsa -out sa.key 2048 2>/dev/null
openssl rsa -in sa.key -pubout -out sa.pub 2>/dev/null
leaf apiserver ca /CN=kube-apiserver serverAuth \
    DNS:cp-a,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,IP:10.96.0.1,IP:10.3.0.1
leaf apiserver-kubelet-client ca /O=kubeadm:cluster-admins/CN=kube-apiserver-kubelet-client clientAuth
leaf front-proxy-client front-proxy-ca /CN=front-proxy-client clientAuth
leaf apiserver-etcd-client etcd/ca /CN=kube-apiserver-etcd-client clientAuth
leaf etcd/healthcheck-client etcd/ca /CN=kube-etcd-healthcheck-client clientAuth
for what in server peer; do
    leaf etcd/$what etcd/ca /CN=cp-a serverAuth,clientAuth DNS:cp-a,DNS:localhost,IP:10.3.0.1,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1
done
config admin.conf /O=kubeadm:cluster-admins/CN=kubernetes-admin
config super-admin.conf /O=system:masters/CN=kubernetes-super-admin
config controller-manager.conf /CN=system:kube-controller-manager
config scheduler.conf /CN=system:kube-scheduler
config kubelet.conf /O=system:nodes/CN=system:node:cp-a
# Each kubelet makes its own serving certificate, by an authority that nobody else knows.
cd ../../../var/lib/kubelet/pki
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$scratch/own.key" -out "$scratch/own.crt" -days 365 -subj "/CN=cp-a-ca@1700000000" 2>/dev/null
leaf kubelet "$scratch/own" /CN=cp-a@1700000000 serverAuth DNS:cp-a
rm -r "$scratch"
