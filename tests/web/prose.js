// English that is left in another language's text: what is no name of a component, a file, a field or a value.

/** Words of components, formats and standards that no language translates. A tool's own word belongs here, an English word of ours never. */
const NAMES = new Set(`kubectl kubelet kubelets kubeconfig kubeadm etcd etcdctl kube apiserver scheduler controller manager proxy scp ssh zip openssl cfssl cfssljson gencert chrony systemd timesyncd pods logs exec
  metrics server client clients pod loadbalancer authorizer authorizers admin default critical user groups issue issues of server's serde shellcheck wasm relaxed port node range pem csr san dns kid
  hostname gateway kubernetes null kind service account xn pkey ms short version worker hardway mode flag flags subject issuer sha ecdsa rsa key crt data base`.split(/\s+/));

/**
 * @param {string} text
 * @param {{ names?: Iterable<string> }} [known] names: further words that may stand, such as those of the plan's nodes
 * @returns {string[]} what is left
 */
export function prose(text, { names = [] } = {}) {
  const also = new Set([...names].map((name) => name.toLowerCase()));
  return [...names].filter((name) => name.includes('-')).reduce((rest, name) => rest.replaceAll(name, ' '), text)
    .replace(/‹[^›]*›/g, ' ')
    // What a component, a reader or a file says stands in quotation marks.
    .replace(/“[^”]*”|`[^`]*`|「[^」]*」/g, ' ')
    .split(/[^\w./*=:@~+'-]+/)
    .filter((token) => /[A-Za-z]{2}/.test(token) && !/[./=:@_~*\d]|[a-z][A-Z]|^-|^[A-Z]/.test(token.replace(/[.:]$/, '')))
    .flatMap((token) => token.split('-'))
    .filter((word) => /^[a-z']{2,}$/.test(word) && !NAMES.has(word) && !also.has(word));
}
