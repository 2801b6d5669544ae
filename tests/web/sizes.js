// Descriptions of many sizes of every preset: what the figure has to hold.
/** @import { Description, Preset, Role } from '../../www/wasm.d.ts' */

/**
 * A preset's cluster in another size: its own nodes first, then more under their names.
 * @param {{ preset: string, masters: number, workers: number, balancer: boolean, apart: boolean }} size apart: etcd on three hosts of its own
 * @param {Preset[]} presets @returns {Description}
 */
export function sized({ preset, masters, workers, balancer, apart }, presets) {
  const usual = presets.find(({ id }) => id === preset)?.description.nodes ?? [];
  /** @param {Role} role @param {string} stem @param {number} n @param {number} from */
  const some = (role, stem, n, from) => {
    const own = usual.filter((node) => node.role === role), first = own[0]?.name.replace(/\d+$/, '') ?? stem, subnet = usual[0]?.addresses[0]?.replace(/\d+$/, '') ?? '192.168.5.';
    const digits = own[0]?.name.slice(first.length) ?? '1', dash = digits || first.endsWith('-') ? '' : '-';
    return Array.from({ length: n }, (_, i) => own[i] ?? { name: `${first}${dash}${String(i + 1).padStart(digits.length, '0')}`, role, addresses: [`${subnet}${from + i}`] });
  };
  return { preset, nodes: [...some('load-balancer', 'loadbalancer', balancer ? 1 : 0, 240), ...some('control-plane', 'master', masters, 100), ...(apart ? some('etcd', 'etcd-', 3, 150) : []), ...some('worker', 'worker-', workers, 200)] };
}

export const SIZES = [1, 2, 3, 4, 5].flatMap((masters) => [0, 1, 2, 3, 4, 5].map((workers) => ({ masters, workers })));

/** Every preset, with and without a load balancer, with and without etcd on hosts of its own, from one to five control planes and none to five workers. @param {Preset[]} presets */
export const cases = (presets) => presets.flatMap(({ id: preset }) => SIZES.flatMap((size) => [true, false].flatMap((balancer) => [false, true].map((apart) => ({ preset, ...size, balancer, apart })))));
