// The sheet that the three rows draw on: it turns "a badge here" into geometry and fills in names, files and sentences.
/** @import { ComponentKind, Connection } from '../wasm.d.ts' */
/** @import { Arrow, Box, Chip, Door, Host, Point, Rect, Stamp, Text } from './geometry.js' */
import { abridged, clipped, headOf, insideHead, pill, route, unique } from './geometry.js';
import { arrowSentence, boxSentence, chipSentence } from '../labels.js';
import { presented, shown, subjectLine } from './reading.js';

/** @typedef {ReturnType<typeof sheet>} Sheet */

/** A line that can still be condensed into so many units, or cut down to one that can. @param {string} text @param {number} room */
const shortened = (text, room) => (text.length > room / 3.7 ? clipped(text, Math.floor(room / 4.4)) : text);

/** @type {Record<ComponentKind, string>} */
const ICONS = {
  'kube-apiserver': 'hub', 'kube-controller-manager': 'loop', 'kube-proxy': 'proxy', 'kube-scheduler': 'scheduler',
  etcd: 'database', etcdctl: 'terminal', kubectl: 'terminal', kubelet: 'wheel', pod: 'pod',
};

/**
 * @param {import('./reading.js').Reading} reading @param {import('../layout.js').View} view @param {import('../i18n.js').Translate} t
 */
export function sheet(reading, view, t) {
  const withCertificates = view === 'certificates';
  /** @type {{ hosts: Host[], boxes: Box[], doors: Door[], chips: Chip[], arrows: Arrow[], labels: Text[], stamps: Stamp[] }} */
  const geometry = { hosts: [], boxes: [], doors: [], chips: [], arrows: [], labels: [], stamps: [] };

  /** @param {string} id @param {string} owner @param {Chip['shape']} shape @param {Rect} rect @param {string[]} ids @param {(drawn: string[]) => string} sentence @param {Partial<Chip>} [more] */
  const chip = (id, owner, shape, rect, ids, sentence, more = {}) => {
    if (!withCertificates || ids.length === 0) return;
    const stem = abridged(unique(ids.map(ownName)), reading.plan.shown !== null);
    const one = {
      id, owner, shape, rect, certificates: ids, authority: shape === 'signer' ? /** @type {const} */ ('t') : reading.letterOf(ids[0]), stem: clipped(stem, Math.floor((rect.w - 44) / 5.6)), extension: '.crt',
      sub: shortened(subjectLine(ids.map((one) => reading.certificates.get(one))), rect.w - 39), ...more,
    };
    geometry.chips.push({ ...one, label: sentence([one.stem + one.extension, one.sub, ...(one.third ?? [])]) });
  };

  /** The authority of the first. @param {string[]} ids */
  const issuer = (ids) => reading.certificates.get(ids[0] ?? '')?.issuer ?? '';

  /** A node's own file without the node, whose frame says it. @param {string} id */
  const ownName = (id) => {
    const node = reading.certificates.get(id)?.node;
    return node && id.startsWith(`${node}/`) ? id.slice(node.length + 1) : id;
  };

  return {
    reading, view, t, geometry, withCertificates,

    /** @param {{ id: string, rect: Rect, hosts: import('../wasm.d.ts').Node[], baseline: number, mirror: boolean, down: boolean, note?: string, notch?: Rect, choose?: boolean, max?: number }} what */
    host({ id, rect, hosts, baseline, mirror, down, note = '', notch, choose = false, max = 210 }) {
      const names = hosts.map((host) => host.name), way = hosts.length > 1 ? t('stack.open', { n: hosts.length, first: names[0], last: names[names.length - 1] }) : choose ? t('stack.one', { name: names[0], n: '…' }) : '';
      const name = clipped(abridged(names), max < 200 ? 18 : max > 300 ? 34 : hosts.length > 1 ? 18 : 22), address = max < 200 ? '' : clipped(abridged(hosts.map((host) => host.addresses[0] ?? '')), 20);
      // What is drawn comes first in what is heard.
      const open = way && `${[name, address, note, hosts.length > 1 ? `×${hosts.length}` : ''].filter(Boolean).join(' ')}: ${way}`;
      const copies = Math.min(hosts.length - 1, 2), dx = mirror ? 4 : -4, dy = down ? 4 : -4;
      geometry.hosts.push({
        id, rect, count: hosts.length, nodes: hosts, open, note, notch: notch ?? null, name, address,
        copies: Array.from({ length: copies }, (_, i) => ({ ...rect, x: rect.x + dx * (copies - i), y: rect.y + dy * (copies - i) })),
        label: {
          x: mirror ? rect.x + rect.w - 12 : rect.x + 12, y: baseline, text: '', style: 'host', anchor: mirror ? 'end' : 'start', max,
          full: hosts.slice(0, 40).map((host) => `${host.name} ${host.addresses.join(' ')}`).join('\n'),
        },
      });
    },

    /** @param {string} id @param {Rect} rect @param {ComponentKind} kind @param {number} column @param {string} [note] */
    component(id, rect, kind, column, note = '') {
      const components = reading.drawnAt(kind, column);
      geometry.boxes.push({ id, rect, icon: ICONS[kind], name: kind === 'pod' ? t('box.pods') : kind, note, style: kind === 'pod' ? 'pods' : 'component', kind, components, label: boxSentence(kind, note, components, reading.plan, t) });
    },

    /** @param {string} id @param {string} owner @param {Rect} rect @param {Connection[]} connections */
    badge(id, owner, rect, connections) {
      if (connections.some((connection) => connection.client.credential === 'token')) this.ticket(id, owner, rect);
      else chip(id, owner, 'badge', rect, presented(connections), (drawn) => chipSentence('badge', drawn, connections.map(({ caller }) => caller), issuer(presented(connections)), t));
    },

    /** @param {string} id @param {string} owner @param {Rect} rect @param {Connection[]} connections @param {Partial<Chip>} [more] */
    plate(id, owner, rect, connections, more) {
      chip(id, owner, 'plate', rect, shown(connections), (drawn) => chipSentence('plate', drawn, connections.map(({ listener }) => listener), issuer(shown(connections)), t), more);
    },

    /** @param {string} id @param {string} owner @param {Rect} rect */
    ticket(id, owner, rect) {
      const signer = reading.signer ? [reading.signer.id] : [];
      chip(id, owner, 'ticket', rect, signer, (drawn) => t('speech.ticket', { drawn: drawn.join(', '), file: `${signer[0]}.key` }), { authority: 't', stem: t('chip.token'), extension: '', sub: t('chip.token.sub') });
    },

    /** @param {string} id @param {string} owner @param {Rect} rect @param {'signs' | 'checks'} verb */
    signer(id, owner, rect, verb) {
      if (!reading.signer) return;
      const extension = verb === 'signs' ? '.key' : reading.signer.kind === 'key-pair' ? '.pub' : '.crt';
      chip(id, owner, 'signer', rect, [reading.signer.id], (drawn) => t('speech.signer', { drawn: drawn.join(', ') }), { extension, sub: t(`chip.${verb}`) });
    },

    /** What a listener shows in the view without certificates. @param {string} owner @param {Rect} rect @param {number} port */
    door(owner, rect, port) {
      if (!withCertificates) geometry.doors.push({ owner, rect, text: t('door', { port }) });
    },

    /** What a caller wants, in the view without certificates; of no arrow: what a box is for. @param {string} of @param {number} x @param {number} y @param {string} text @param {Text['anchor']} [anchor] @param {number} [max] */
    verb(of, x, y, text, anchor = 'middle', max = 150) {
      if (!withCertificates) geometry.labels.push({ x, y, text, style: of ? 'verb' : 'verb plain', anchor, max, of: [of] });
    },

    /** @param {string[]} of the arrows that it speaks of @param {number} x @param {number} y @param {string} text @param {Text['anchor']} [anchor] @param {string} [style] @param {number} [max] */
    label(of, x, y, text, anchor = 'start', style = 'lane', max = 160) {
      geometry.labels.push({ x, y, text, style, anchor, max, of });
    },

    /**
     * @param {string} id @param {Connection[]} connections
     * @param {{ from: Point[], plain?: Point[], at?: Point, chips?: string[], boxes?: string[], radius?: number, cased?: boolean, headless?: boolean }} how
     *   from: the route out of the badge; plain: the route out of the component, where it differs
     */
    arrow(id, connections, { from, plain, at, chips = [], boxes = [], radius, cased = false, headless = false }) {
      if (connections.length === 0) return;
      const points = withCertificates ? from : plain ?? from;
      geometry.arrows.push({
        id, connections: connections.map((connection) => connection.id), through: [], points,
        path: route(headless ? points : insideHead(points), radius), heads: headless ? [] : [headOf(points)],
        pill: withCertificates && at ? pill(...at, reading.counted(connections)) : null,
        token: connections.every((connection) => connection.client.credential === 'token'), cased, pipe: false,
        chips: unique(chips), boxes: unique(boxes),
        rank: Math.min(...connections.map(({ id }) => reading.rank(id))), label: arrowSentence(connections, reading.counted(connections), t),
      });
    },

    /** Part of other connections' way: drawn, but never selected by itself. @param {string} id @param {Connection[]} through @param {{ points: Point[], path: string, head: boolean, boxes: string[] }} how boxes: what lies at it */
    pipe(id, through, { points, path, head, boxes }) {
      geometry.arrows.push({
        id, connections: [], through: through.map((one) => one.id), points, path, heads: head ? [headOf(points)] : [], pill: null, token: false, cased: false, pipe: true, chips: [], boxes, rank: 0, label: '',
      });
    },

    /** The authorities: they sign, and talk to nobody. @param {Rect} rect */
    stamps(rect) {
      if (!withCertificates) return;
      const { authorities, single } = reading, many = authorities.length, beside = many > 1 && single, gap = many > 1 ? 6 : 0;
      const each = ((beside ? rect.w : rect.h) - gap * (many - 1)) / Math.max(1, many);
      authorities.forEach((authority, i) => geometry.stamps.push({
        id: authority.id, name: clipped(authority.subject.find((part) => part.type === 'CN')?.value ?? authority.id, beside ? 16 : 20),
        note: many === 1 ? t('stamp.all', { file: `${authority.id}.crt` }) : clipped(`${authority.id}.crt`, beside ? 19 : 24),
        letter: /** @type {const} */ (['k', 'e', 'f'])[i] ?? 'f',
        rect: beside ? { ...rect, x: rect.x + (each + gap) * i, w: each } : { ...rect, y: rect.y + (each + gap) * i, h: each },
      }));
    },
  };
}
