// Where a certificate ends up: the files that hold it, alone or inside a kubeconfig, and the nodes that get them.
/** @import { Plan } from './wasm.d.ts' */

/** @typedef {{ node: string, file: string, path: string, mode: number, inside: boolean }} Carrier inside: a kubeconfig that has the certificate in itself */

/** @param {Plan} plan @param {string} id of a certificate @returns {Carrier[]} */
export function carriers({ kubeconfigs, placements }, id) {
  const inside = new Set(kubeconfigs.filter(({ authority, certificate, paths }) => paths === null && (authority === id || certificate === id)).map(({ file }) => file));
  return placements.flatMap(({ node, file, path, mode }) => {
    const own = ['.crt', '.key', '.pub'].some((ending) => file === id + ending);
    return own || inside.has(file) ? [{ node, file, path, mode, inside: !own }] : [];
  });
}

/** The nodes of those, each once; where the plan tells of some workers only, how many there are in all. @param {Plan} plan @param {string} id */
export function nodesOf(plan, id) {
  const names = [...new Set(carriers(plan, id).map(({ node }) => node))], told = plan.shown ?? [];
  const equal = told.length > 0 && told.every((name) => names.includes(name));
  return { names, n: names.length + (equal ? plan.totals.workers - told.length : 0) };
}

/** The kubeconfig that a flag names, by its path on a node or, where it stays with the reader, by its name. @param {Plan} plan @param {string} node @param {string} value */
export function kubeconfigOf({ kubeconfigs, placements }, node, value) {
  const file = placements.find((one) => one.node === node && one.path === value)?.file ?? value;
  return kubeconfigs.find((one) => one.file === file);
}
