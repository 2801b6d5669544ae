// The contract with the Rust core: what target/wasm/hardway.js exports, as the page and its workers see it.

export type KeyAlgorithm = 'ecdsa-p256' | 'ecdsa-p384' | 'rsa-2048' | 'rsa-3072' | 'rsa-4096';
export type Role = 'control-plane' | 'etcd' | 'worker' | 'load-balancer';
/** `names`: further DNS names by which others dial the node. */
export interface Node { name: string; role: Role; addresses: string[]; names?: string[] }
export type SubjectType = 'CN' | 'C' | 'L' | 'O' | 'OU' | 'ST';
/** What a description changes of one certificate; `organization: ''` is none at all. */
export interface CertificateChange {
  commonName?: string; organization?: string; names?: string[]; keyAlgorithm?: KeyAlgorithm; validityDays?: number;
}
/** Plain JSON without secrets; only `preset` is required. */
export interface Description {
  preset: string; name?: string; nodes?: Node[];
  /** Dual-stack: '10.96.0.0/16,fd00:96::/112'. */
  serviceCidr?: string; clusterDomain?: string;
  /** 'HOST' or 'HOST:PORT'; '' for the load balancer's address, or the first control plane's. */
  controlPlaneEndpoint?: string; kubernetesVersion?: string; keyAlgorithm?: KeyAlgorithm;
  validityDays?: number;
  /** '2031-12-31', which goes before the days; '' for none. */
  validUntil?: string;
  authorityValidityDays?: number; authorityValidUntil?: string;
  /** In place of the preset's in every authority; '' removes one. No CN: that is in `certificates`. */
  authoritySubject?: Partial<Record<SubjectType, string>>;
  /** By certificate id. */
  certificates?: Record<string, CertificateChange>;
}
/** What every export throws. `field` is a path in the description: 'nodes[1].addresses[0]'. */
export interface CoreError {
  code: string; message?: string; hint?: string; field?: string; expected?: string; found?: string;
  /** What else the sentence names: owner, id, cidr, limit, presets, role, line. */
  facts?: Record<string, string>;
}
/** A sentence of the core's. */
export interface Words { en: string; ja: string }

/** A plan; with more than twelve workers only some of them have their part in it. */
export interface Plan {
  /** The description with every default filled in. */
  cluster: Required<Description>;
  /** In issuance order: authorities first. */
  certificates: PlannedCertificate[];
  components: Component[];
  connections: Connection[];
  /** `paths` where the files are named by path on the node; null where they are embedded. */
  kubeconfigs: {
    file: string; node: string | null; user: string; context: string; certificate: string; authority: string; server: string;
    paths: { authority: string; certificate: string; key: string } | null;
  }[];
  /** Files of config/. `subject`: the user or group that gets rights, '' where none does. */
  configurations: { file: string; kind: 'admin-access' | 'encryption' | 'kubelet-access'; subject: string }[];
  placements: { node: string; file: string; path: string; mode: number }[];
  /** Nothing is refused for them. */
  warnings: Warning[];
  differences: Difference[];
  /** The names of the workers that the plan tells of; null: all. `cluster.nodes` has every node. */
  shown: string[] | null;
  /** Counts of the whole. `keys`: key pairs, also those without a certificate. */
  totals: { workers: number; certificates: number; keys: number; connections: number };
}
export interface Difference { about: Words; guide: Words; hardway: Words; reason: Words }
export type Warning =
  | { code: 'caller-changed'; certificate: string; user: string; group: string; usualUser: string; usualGroup: string }
  | { code: 'not-a-node'; certificate: string; node: string; user: string; group: string }
  | { code: 'outlives-authority'; certificate: string; authority: string }
  | { code: 'unlimited'; certificate: string; user: string };
export interface PlannedCertificate {
  /** File stem, arrow tag and translation key: 'kube-apiserver', 'etcd/ca', 'control-plane-1/apiserver'. */
  id: string;
  /** 'key-pair' has a key and no certificate: NAME.key and NAME.pub; `issue()` says nothing of it. */
  kind: 'authority' | 'client' | 'key-pair' | 'server' | 'server-client' | 'token-signer';
  subject: { type: string; value: string }[];
  /** Id of the authority; its own id when self-signed. */
  issuer: string;
  /** Subject alternative names; `diallers` are connection ids. Where nobody dials a name, `reason` says why it is there. */
  names: { type: 'dns' | 'ip'; value: string; diallers: string[]; reason?: Words }[];
  node: string | null; keyAlgorithm: KeyAlgorithm; validityDays: number;
  /** '2031-12-31', which goes before the days. */
  validUntil: string | null;
  /** What it is for, where no connection shows it; else empty. */
  note: Words;
}
export type ComponentKind = 'kubectl' | 'kube-controller-manager' | 'kube-scheduler' | 'kube-apiserver' | 'etcd' | 'kubelet'
  | 'kube-proxy' | 'pod' | 'etcdctl';
export interface Component { id: string; kind: ComponentKind; node: string | null }
export interface Flag { flag: string; value: string }
export interface Dial { host: string; type: 'dns' | 'ip'; port: number; via: string | null; reason: Words }
export interface Connection {
  id: string; kind: string; caller: string; listener: string; port: number;
  /** Never empty; the first is the usual one. */
  dials: Dial[];
  client: { credential: 'certificate' | 'token'; certificate: string | null; tokenSigner?: string | null; authority: string; flags: Flag[] };
  server: { certificate: string; authority: string | null; flags: Flag[] };
  refusal: 'tls-alert' | 'http-401';
}
export interface IssuedCertificate extends DecodedCertificate { id: string; pem: string }
/** Decoded from the DER that was made, never from the plan. */
export interface DecodedCertificate {
  subject: string; issuer: string; serial: string; notBefore: string; notAfter: string;
  names: { type: 'dns' | 'ip'; value: string }[];
  basicConstraints: { critical: boolean; ca: boolean } | null;
  keyUsage: { critical: boolean; values: string[] } | null;
  extendedKeyUsage: { critical: boolean; values: string[] } | null;
  subjectKeyId: string | null; authorityKeyId: string | null;
  keyAlgorithm: string; signatureAlgorithm: string; fingerprint: string;
}
export interface IssuedRequest extends DecodedRequest { id: string; pem: string }
/** What a certification request asks for. */
export interface DecodedRequest {
  subject: string;
  names: { type: 'dns' | 'ip'; value: string }[];
  basicConstraints: { critical: boolean; ca: boolean } | null;
  keyUsage: { critical: boolean; values: string[] } | null;
  extendedKeyUsage: { critical: boolean; values: string[] } | null;
  subjectKeyId: string | null;
  keyAlgorithm: string; signatureAlgorithm: string;
}
/** Every byte of a file in boxes, as crate/anatomy says. */
export interface Anatomy { parts: Part[]; faults: Fault[] }
export interface Part {
  /** What the box makes: 'notBefore'; the key of its explanation. */
  field: string;
  /** 'keyUsage' of an Extension, 'CN' of an AttributeTypeAndValue. */
  about: string | null;
  start: number;
  /** Bytes of tag and length; 0 for octets within an element. */
  header: number;
  /** Bytes of the content. */
  length: number;
  tag: { class: 'universal' | 'application' | 'context' | 'private'; number: number; constructed: boolean; name: string } | null;
  value: Value | null;
  /** They fill the content, or there are none. */
  parts: Part[];
}
export type Value =
  | { kind: 'address' | 'text' | 'time'; text: string }
  | { kind: 'bits'; names: string[] }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'identifier'; dotted: string; name: string | null }
  | { kind: 'integer'; text: string; bits: number };
/** Where bytes are not what they should be. */
export interface Fault {
  code: 'deep' | 'extra' | 'length' | 'missing' | 'tag' | 'truncated' | 'unexpected' | 'value';
  at: number; path: string[]; expected: string | null; found: string | null;
}
export interface Preset { id: string; title: string; source: string; differences: Difference[]; description: Required<Description> }
export type Reason =
  | { code: 'algorithm-changed'; from: KeyAlgorithm; to: KeyAlgorithm }
  | { code: 'authority-changed'; authority: string }
  | { code: 'asked' } | { code: 'both-trusted' } | { code: 'key-differs' } | { code: 'old-retired' }
  | { code: 'expired'; at: string } | { code: 'expires'; at: string } | { code: 'not-yet-valid'; at: string }
  | { code: 'key-unsuitable'; found: string } | { code: 'signature-weak'; found: string } | { code: 'unable-to-sign'; found: string }
  | { code: 'unreadable'; found: string } | { code: 'signed-by-another'; authority: string; found: string }
  | { code: 'usage-missing'; usages: string[] }
  | { code: 'kind-changed' } | { code: 'new' } | { code: 'not-needed' } | { code: 'validity-changed' }
  | { code: 'name-added'; name: { type: 'dns' | 'ip'; value: string }; diallers: string[] }
  | { code: 'name-removed'; name: { type: 'dns' | 'ip'; value: string } }
  | { code: 'subject-changed'; from: string; to: string };

/** How to make a certificate by hand, in a folder that has the authority's .crt and .key. */
export interface Recipe { id: string; /** The authority whose .crt and .key have to be in the folder. */ needs: string | null; openssl: Way; /** Null for a key pair without certificate. */ cfssl: Way | null }
export interface Way {
  /** What the commands read, by names in the folder that they run in. */
  files: { name: string; text: string }[];
  steps: { step: RecipeStep; command: string }[];
  /** Files and steps as one text to paste into a shell. */
  whole: string;
  /** In what the certificate differs from the one that Hardway makes. */
  differences: Departure[];
}
export type RecipeStep = 'certificate' | 'key' | 'look' | 'make' | 'public' | 'request' | 'sign-again';
export type Departure = 'ends-earlier' | 'hash-by-size' | 'key-file' | 'key-identifiers' | 'no-authority-key-identifier' | 'not-backdated'
  | 'subject-order' | 'text-types' | 'whole-days';
/** How to try a connection by hand, by its usual name. */
export interface Call {
  connection: string;
  steps: { step: CallStep; place: { at: 'bundle' } | { at: 'node' | 'pod'; name: string }; command: string }[];
}
export type CallStep = 'certificate' | 'check-client' | 'check-server' | 'extract' | 'token';

export function initSync(module: { module: WebAssembly.Module }): unknown;
export function presets(): Preset[];
/** Refuses also what could not be signed now. @param now Unix time in milliseconds @param focus the name of a worker that has to have its part in it */
export function outline(description: Description, now: number, focus?: string): Plan;
export function decode(pem: string): DecodedCertificate;
/** Of a certificate, or of a request; any bytes will do. */
export function anatomy(der: Uint8Array, request: boolean): Anatomy;
export function decodeRequest(pem: string): DecodedRequest;
/**
 * What www/kernel.js makes of an instance of a kernel module: tests as many candidates at once as it has lanes; bit i of an answer is lane i.
 * The arrays are views of the core's memory: copy, never keep.
 */
export interface Kernel {
  readonly name: 'fma' | 'dot';
  lanes(): number;
  /** Whether the engine multiplies as the proofs suppose. */
  sound(): boolean;
  fermat(bits: number, candidates: Uint32Array): number;
  millerRabin(bits: number, candidates: Uint32Array, bases: Uint32Array): number;
  wipe(): void;
}
/** Lives in a key worker only. A kernel that fails its self-test (once per prime size, when first needed) is not used, but the next. */
export class KeyMaker {
  /** @param kernels fastest first; none: scalar arithmetic */
  constructor(kernels: Kernel[]);
  generate(algorithm: KeyAlgorithm): NewKey;
  /** What made the last RSA key: 'fma', 'dot' or 'scalar'. */
  kernel(): string;
  /** The kernels that failed the self-test so far. */
  refused(): string[];
  free(): void;
}
export class NewKey {
  /** PKCS#8 DER */
  pkcs8(): Uint8Array;
  /** The certification request for an entry of Vault.roll(), DER, signed by this key. */
  request(certificate: PlannedCertificate): Uint8Array;
  /** How many candidates were tested; 0 for ECDSA. */
  readonly candidates: number;
  free(): void;
}
/** Depends on the plan alone. @param signer the certificate's authority: `planned` itself, where it signs itself */
export function recipe(planned: PlannedCertificate, signer: PlannedCertificate): Recipe;
/** Depends on the plan alone; null: there is no such connection. @param focus as for `outline` */
export function call(description: Description, connection: string, focus?: string): Call | null;
/** What has to be made again when `old` was issued and `new` now holds; what is not listed can stay. */
export function reissue(old: Description, new_: Description): { certificate: string; reasons: Reason[] }[];
/** 'worker-[1-1000]', counted up with the addresses from the first one. */
export function nodesOfRange(pattern: string, firstAddress: string, role: Role): Node[];
/** The lines of /etc/hosts or machines.txt; the roles are guessed from the names. */
export function nodesOfList(text: string): Node[];
/** Lives in the vault worker only. */
export class Vault {
  constructor(description: Description);
  /** A key stays where id and algorithm still fit; one whose certificate is gone goes to another that lacks one. Forgets what was signed. */
  replan(description: Description): void;
  /** What key workers need for their requests: every planned certificate, in issuance order; nobody dials their names here. */
  roll(): PlannedCertificate[];
  /** Certificates without a key, in issuance order. */
  missing(): string[];
  /** From now on certificates are signed, each as soon as its key and its issuer's are there. @param now Unix time in milliseconds */
  begin(now: number): void;
  /**
   * Takes a key and, where there is one, the request that it signed; says which certificate has it now. A key whose certificate is
   * gone, or has one, serves another of its algorithm; undefined: none needs it.
   */
  addKey(id: string, algorithm: KeyAlgorithm, pkcs8: Uint8Array, request?: Uint8Array): string | undefined;
  /** Signs what is left. */
  issue(): { id: string; pem: string }[];
  /** The certification request of one certificate, PEM, once all is issued. */
  request(id: string): string;
  /** The zip, in pieces as it grows; each is the caller's own. Of a renewal it has what is new. @param passphrase seals the private keys */
  bundle(sink: (piece: Uint8Array<ArrayBuffer>) => void, passphrase?: string): void;
  /** For a cluster that exists, as its description was recognised. */
  static existing(description: Description): Vault;
  /** A certificate that exists, DER. */
  holdCertificate(id: string, der: Uint8Array): void;
  /** A private key that exists, PKCS#8 DER. Throws invalid-key for a kind that nothing is signed with here: leave it out. */
  holdKey(id: string, pkcs8: Uint8Array): void;
  /** The smallest set to make again, so that the description holds and nothing ends before `until`. Both Unix time in milliseconds. */
  proposal(description: Description, now: number, until: number): Order[];
  /** What would be made where these are chosen; nothing changes. @param now Unix time in milliseconds */
  preview(description: Description, chosen: Record<string, KeyChoice>, now: number): Renewal;
  /** The same, and `roll`, `missing`, `addKey`, `begin`, `issue` go on from here. May be called again with another choice. */
  renew(description: Description, chosen: Record<string, KeyChoice>, now: number): Renewal;
  /** After `begin`: what waits for a signature from elsewhere. `issue` is for when nothing waits any more. */
  waiting(): string[];
  requests(sink: (piece: Uint8Array<ArrayBuffer>) => void, passphrase?: string): void;
  /** PEM or DER; says which certificates were waited for. Throws renew-back-… @param now Unix time in milliseconds */
  takeBack(bytes: Uint8Array, now: number): string[];
  /** Of what was issued, else of what exists; the first to end first. @param now Unix time in milliseconds */
  expiries(now: number): Expiry[];
  /** The same as an .ics file. */
  calendar(now: number): string;
  /** PKCS#12 DER of a certificate with its key and its authority's certificate. */
  pkcs12(id: string, passphrase: string): Uint8Array;
  /** The steps from the old authority to the new one, after one was renewed with a new key; else none. */
  rotation(): { kind: 'trust' | 'replace' | 'retire'; words: Words; files: { certificate: string; reasons: Reason[] }[] }[];
  /** @param step counted from 0 */
  rotationBundle(step: number, sink: (piece: Uint8Array<ArrayBuffer>) => void): void;
  /** Every connection of the set in force, in a line each. @param now Unix time in milliseconds */
  verdicts(now: number): Overview;
  /** One connection of the set in force, with every check. @param now Unix time in milliseconds */
  verdict(connection: string, now: number): Verdict;
  /** The lessons that the cluster has a place for. */
  lessons(): string[];
  /** Breaks one thing; undefined mends it all. The bundle is never broken. @param now Unix time in milliseconds */
  lesson(id: string | undefined, now: number): Lesson;
  free(): void;
}

/** The key that a certificate is made for: the one that it has, or a new one. */
export type KeyChoice = 'keep' | 'new';
/** `not-needed` alone: nothing is made. */
export interface Order { certificate: string; reasons: Reason[]; key: KeyChoice }
export interface Renewal { orders: Order[]; cautions: Caution[] }
/** Nothing is refused for them. */
export type Caution =
  | { code: 'ends-with-authority'; certificate: string; authority: string; at: string }
  | { code: 'kubeconfig-by-hand'; file: string }
  | { code: 'signed-elsewhere'; authority: string; certificates: number }
  | { code: 'tokens-end'; certificate: string };
export interface Expiry { certificate: string; notAfter: string; /** Whole days; negative when it is over. */ days: number }

/** An end of a connection. */
export type Side = 'client' | 'server';
/** `not-given`: files are missing, so that nothing can be said. */
export type State = 'not-given' | 'refused' | 'verified';
export interface Overview {
  total: number;
  verified: number;
  notGiven: number;
  rows: Row[];
}
/** One connection in a line; a side that refuses, or null. */
export interface Row {
  connection: string;
  kind: string;
  caller: string;
  listener: string;
  state: State;
  /** File names of the plan; empty but for not-given. */
  missing: string[];
  host: string;
  side: Side | null;
  text: string;
  other: string;
  user: string | null;
  /** Let in, but without any right. */
  nobody: boolean;
}
export interface Verdict {
  connection: string;
  state: State;
  missing: string[];
  host: string;
  side: Side | null;
  /** Go's or the component's sentence, at the side that refuses. */
  text: string;
  /** What the other side sees. */
  other: string;
  /** The whole line that logAt prints. */
  log: string | null;
  logAt: string;
  /** The server proves itself to the client. */
  server: Check[];
  /** The client proves itself to the server. */
  client: Check[];
  identity: Identity | null;
}
export interface Identity {
  user: string;
  groups: string[];
  may: Words;
  nobody: boolean;
}
export interface Check {
  check: 'allowed-name' | 'issuer' | 'key' | 'name' | 'peer' | 'readable' | 'token' | 'usage' | 'validity';
  /** Null: not reached. */
  held: boolean | null;
  expected: string;
  found: string;
}
export interface Lesson {
  id: string | null;
  /** Certificates in place of the issued ones. */
  changed: { id: string; pem: string }[];
  /** The clock, where that is broken: Unix time in milliseconds. */
  now: number | null;
  /** What is broken: ids of files, with @node where one node's differs; or of a connection. */
  notes: string[];
}

/** The files of an existing cluster. Lives in a worker; free() wipes the keys. */
export class Importer {
  constructor();
  /** Whether a file of so many bytes may be added; if not, it is listed as refused, and its bytes need not be fetched. */
  admit(path: string, size: number): boolean;
  /** Never throws: what cannot be read is listed with its trouble. @param mode Unix permissions, where they are known @returns its place in listing() */
  add(path: string, bytes: Uint8Array, mode?: number): number;
  /** Throws import-wrong-passphrase if it opens nothing. @param file a place in listing(); undefined: every file @returns how many things it has opened */
  unlock(file: number | undefined, passphrase: string): number;
  /** In the order in which they came; the entries of an archive after it. No secret is in it. */
  listing(): ImportedFile[];
  kubeconfigs(): { file: number; kubeconfig: ImportedKubeconfig }[];
  /** What cluster the files make, with what was put right. What follows is about this one until it is called again. */
  recognise(corrections: Corrections): Recognition;
  /** The worst first. @param now Unix time in milliseconds */
  findings(now: number): Finding[];
  /** As a vault's. */
  verdicts(now: number): Overview;
  verdict(connection: string, now: number): Verdict;
  /** The certificates that the plan's entries are verified by, as they were found. */
  certificates(): { id: string; pem: string }[];
  /** The ids whose private keys were given and can be signed with. */
  keys(): string[];
  /** A vault for the cluster as it was recognised, with its certificates and keys. */
  vault(): Vault;
  free(): void;
}
/** What a text is; nothing of it is kept. `sealed` needs a passphrase. */
export function glance(bytes: Uint8Array): { kinds: (ImportedKind | 'sealed')[]; secret: boolean };
/** Bytes and counts; crate/import/limits.rs says what each is for. */
export function importLimits(): {
  givenBytes: number; fileBytes: number; totalBytes: number; entries: number; strangers: number; depth: number; ratio: number; blocks: number; yamlBytes: number;
};
export type ImportedKind = 'certificate' | 'description' | 'kubeconfig' | 'private-key' | 'public-key' | 'request';
export interface ImportedFile {
  path: string;
  /** The archive that it lies in: a place in the listing. */
  within: number | null;
  /** Unix permissions. */
  mode: number | null; size: number;
  taken: Taken; troubles: Trouble[];
  /** `summary`: a subject, an algorithm, `user -> server`. */
  items: { /** A place in the list of everything that was found. */ item: number; kind: ImportedKind; place: Place; summary: string }[];
  /** What is still sealed in it, as openssl calls it: 'PBES2, PBKDF2 with SHA256, 2048 rounds, AES-256-CBC'. */
  sealed: string[];
}
export type Taken =
  | { type: 'archive'; as: 'zip' | 'tar' | 'tar.gz' | 'gzip' }
  | { type: 'link'; as: string } | { type: 'locked'; as: string }
  | { type: 'known'; as: KnownFile }
  | { type: 'empty' | 'folder' | 'items' | 'refused' | 'unknown' };
/** Known, and not needed. */
export type KnownFile = 'checksums' | 'encryption-configuration' | 'manifest' | 'openssl-configuration' | 'parameters' | 'script' | 'serial'
  | 'system' | 'text' | 'unit';
export type Place =
  | { type: 'whole' } | { type: 'block'; line: number } | { type: 'bag'; number: number } | { type: 'field'; path: string; line: number };
/** `note`: everything was read nevertheless. */
export interface Trouble { place: Place; code: string; note: boolean; message: string; hint: string; found: string | null; expected: string | null }
export interface ImportedKubeconfig {
  currentContext: string;
  clusters: {
    name: string; server: string; tlsServerName: string; insecureSkipTlsVerify: boolean; certificateAuthority: Source; proxyUrl: string;
  }[];
  /** Tokens and passwords are noticed, and not kept. `exec` is shown, never run. */
  users: {
    name: string; clientCertificate: Source; clientKey: Source; token: boolean; tokenFile: string; password: boolean;
    exec: { command: string; args: string[]; env: string[] } | null; authProvider: string; impersonates: string;
  }[];
  contexts: { name: string; cluster: string; user: string }[];
}
export type Source = { type: 'absent' } | { type: 'embedded' } | { type: 'path'; path: string };

/** What was recognised among imported files (crate/recognise). Items are places in the list of everything that was found. */
export interface Recognition {
  description: Description;
  assignments: Assignment[];
  guesses: Guess[];
  unused: ({ item: number } & Useless)[];
  duplicates: { items: number[] }[];
}
export interface Assignment {
  item: number;
  part: 'certificate' | 'chain' | 'key' | 'kubeconfig' | 'public-key' | 'request';
  /** Of a certificate in the plan; of a kubeconfig its file name there. */
  id: string;
  node: string | null;
  /** Whether the plan's entry is verified by it; others are copies, or what one node has in its place. */
  main: boolean;
  why: Why[];
}
export type Why =
  | { code: 'behind' | 'key-fits' | 'key-beside' | 'shared' | 'signs'; certificate: string }
  | { code: 'corrected' } | { code: 'in-kubeconfig' | 'named'; path: string } | { code: 'names'; name: string } | { code: 'subject'; subject: string };
export type Guess =
  | { code: 'address-without-node' | 'address-by-order' | 'address-unknown'; node: string; address: string }
  | { code: 'load-balancer'; node: string; address: string; called: boolean }
  | { code: 'preset'; preset: string; fitting: number; of: number; next: string }
  | { code: 'role'; node: string; role: Role } | { code: 'service-cidr'; cidr: string; address: string } | { code: 'worker-assumed'; node: string };
export type Useless =
  | { code: 'another-taken'; id: string; taken: number } | { code: 'no-place'; duty: string }
  | { code: 'corrected' | 'description' | 'key-alone' | 'unknown' };
/** What the user put right; every field may be left out. `id` null: it has no place. */
export interface Corrections {
  preset?: string | null;
  assigned?: { item: number; id: string | null; node?: string | null }[];
  addresses?: Record<string, string[]>;
  roles?: Record<string, Role>;
  serviceCidr?: string | null;
  controlPlaneEndpoint?: string | null;
}

/** What is wrong with a cluster (crate/diagnose), the worst first. */
export interface Finding {
  severity: 'breaks' | 'will-break' | 'unsafe' | 'untidy';
  code: FindingCode;
  /** By code; crate/diagnose/code.rs says which. */
  parameters: Record<string, string>;
  connections: string[];
  certificates: string[];
  items: number[];
  said: { component: string; text: string; log: string; other: string } | null;
  near: { found: string; meant: string; slip: 'address-as-name' | 'case' | 'digit' | 'doubled' | 'joined' | 'nothing' | 'spelling' | 'swapped' | 'trailing' } | null;
  mend: Mend[];
  commands: { place: { at: 'bundle' } | { at: 'node' | 'pod'; name: string }; command: string }[];
}
export type FindingCode =
  | 'address-as-name' | 'address-changed' | 'authority-key-exposed' | 'authority-remade' | 'authority-without-basic-constraints' | 'caller-unknown'
  | 'duplicate-serial' | 'etcd-peer-address' | 'expired' | 'expires-soon' | 'front-proxy-authority-shared' | 'front-proxy-missing'
  | 'key-mismatch' | 'kubeconfig-authority' | 'kubeconfig-certificate-differs' | 'kubeconfig-insecure' | 'kubelet-client-not-authorised'
  | 'kubelet-self-signed' | 'kubelet-unknown-authority' | 'name-missing' | 'near-miss' | 'node-name-mismatch' | 'not-given' | 'not-yet-valid'
  | 'only-common-name' | 'refused' | 'service-address-missing' | 'service-range-unset' | 'token-key-differs' | 'unknown-authority' | 'unreadable'
  | 'unused-files' | 'usage-missing' | 'weak-signature' | 'world-readable' | 'wrong-copy' | 'wrong-server';
export type Mend =
  | { step: 'chmod'; path: string; mode: string } | { step: 'copy'; from: string; node: string | null; to: string }
  | { step: 'make-again'; certificates: string[] } | { step: 'remove'; path: string } | { step: 'set-clock' }
  | { step: 'set-server'; path: string; server: string };
