// How what the core names is written: components, files, subjects, addresses, modes. Pure.

/** 'kube-scheduler@master-1' as a name and its host. @param {string} component */
export const named = (component) => {
  const [name, node = ''] = component.split('@');
  return { name, node };
};

/** The file of a certificate, or of the public half of a bare key pair. @param {{ id: string, kind: string }} planned */
export const publicFile = ({ id, kind }) => `${id}.${kind === 'key-pair' ? 'pub' : 'crt'}`;

/** @param {import('./wasm.d.ts').PlannedCertificate | undefined} certificate */
export const commonName = (certificate) => certificate?.subject.find((part) => part.type === 'CN')?.value ?? '';

/** 'CN=admin, O=system:masters', as planned. @param {Pick<import('./wasm.d.ts').PlannedCertificate, 'subject'>} planned */
export const subjectText = ({ subject }) => subject.map(({ type, value }) => `${type}=${value}`).join(', ');

/** 'ecdsa-p256' as its users write it. @param {string} algorithm */
export const algorithmName = (algorithm) => algorithm.toUpperCase().replace('-', ' ').replace(/ P(?=\d)/, ' P-');

/** '192.168.5.30:6443'; an IPv6 address is told from its port by brackets. @param {{ host: string, port: number }} dial */
export const addressText = ({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** An address that a browser would call a link, but that is only read. @param {import('./wasm.d.ts').Dial} dial */
export const dialText = (dial) => `https://${addressText(dial)}`;

/** '0600' @param {number} mode */
export const modeText = (mode) => mode.toString(8).padStart(4, '0');
