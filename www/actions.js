// A worker is a table of actions: {id, action, ...} in, {id, result | error} out, and before that any number of {id, progress}.

/** @typedef {{ id: number, action: string } & Record<string, unknown>} Request */
/** @typedef {{ postMessage: (message: unknown) => void }} Target */

/**
 * @param {Record<string, (request: any, tell: (progress: unknown) => void) => unknown>} actions
 * @param {() => void} [tidy] what is to be done after every action, before it is answered
 * @returns {(event: MessageEvent<Request>, target: Target) => Promise<void>}
 */
export const answering = (actions, tidy = () => {}) => async ({ data }, target) => {
  try {
    const action = actions[data.action];
    if (!action) throw { code: 'unexpected', found: `no action ${data.action}` };
    const result = await action(data, (progress) => target.postMessage({ id: data.id, progress }));
    tidy();
    target.postMessage({ id: data.id, result });
  } catch (thrown) {
    // A core that did not start, or has trapped, cannot tidy either: what is told is why.
    try { tidy(); } catch { /* the page ends this worker */ }
    target.postMessage({ id: data.id, error: plain(thrown) });
  }
};

/** An error that survives structured cloning; a trap of the core counts as the worker's death. @param {unknown} thrown */
export function plain(thrown) {
  if (thrown instanceof WebAssembly.RuntimeError)
    return { code: 'worker-died', found: thrown.message };
  if (thrown && typeof thrown === 'object' && 'code' in thrown && typeof thrown.code === 'string') return { ...thrown };
  return { code: 'unexpected', found: String(thrown) };
}

/**
 * Takes the lock that says that this worker lives, and keeps it until the worker ends. Where locks are refused (stored data forbidden, an origin
 * without a name) it says so: a lock that is free would pass for a death.
 * @param {string | null} life @param {(progress: { unlocked: true }) => void} tell @returns {Promise<void>}
 */
export const live = (life, tell) => new Promise((resolve) => {
  if (life === null) return resolve();
  const refused = () => { tell({ unlocked: true }); resolve(); };
  try {
    navigator.locks.request(life, () => { resolve(); return new Promise(() => {}); }).catch(refused);
  } catch {
    refused();
  }
});
