// English of the page's states: the first look, stopped, finished, empty, offline, and when it cannot start.
export const statesEn = {
  'sum.first': '*Press Generate* to make the {n} keys, or *select an arrow* to see who proves what to whom.',
  'sum.cancelled': '*Stopped.* {n} of {of} keys were made, and thrown away.',
  'cancelled.title': 'Stopped',
  'cancelled.what': '{n} of {of} keys were made. They were thrown away, together with the workers that held them: nothing half-made is kept or offered.',
  'cancelled.next': 'The cluster is as you left it. Change it, or press *Generate* to begin anew with other keys.',

  'done.next': 'What now',
  'done.download': '*Download* {name}: every key and certificate, and a folder for each node.',
  'done.unpack': '*Unpack it* where you run scp, check it, and see what would be copied where:',
  'done.look': '*Look at an arrow:* who proves what to whom, check by check.',
  'done.show': 'Show {caller} → {listener}',
  'done.forget': '*Forget the keys* once you have the bundle. The worker that holds them ends, and this page has them no more.',
  'done.forget.do': 'Forget the keys',
  'done.forgotten': 'The keys are forgotten. What you downloaded is the only copy.',

  'empty.load-balancer': 'None: callers dial a master themselves.',
  'empty.etcd': 'None: etcd runs on the masters.',
  'empty.worker': 'None. Add one, and its kubelet, kube-proxy and pods appear in the figure.',
  'empty.filter': 'Nothing here contains “{text}”.',
  'empty.clear': 'Clear the filter',
  'empty.fallen': 'Nothing is refused: every connection that is listed is verified.',

  'trust.offline': 'No network, and none is needed. Keys never leave this page.',

  'boot.lacks': 'This browser is too old, or too locked down, for this page.',
  'boot.lacks.what': 'Hardway makes keys inside the browser, and for that it needs {found}, which is missing here.',
  'boot.lacks.update': 'Open this file in Chrome or Edge 111, Firefox 115, Safari 16.4, or anything newer.',
  'boot.lacks.lockdown': 'On a device in Lockdown Mode, or where an administrator forbids WebAssembly, use another browser profile or another device.',
  'boot.damaged': 'A part of this file is damaged.',
  'boot.damaged.what': 'The part that makes keys cannot be read: the download may have ended early, or the file was changed on its way.',
  'boot.damaged.again': 'Get the file once more, and compare its SHA-256 with the one that its source names.',
  'boot.damaged.other': 'If the file is whole, try another browser: Chrome or Edge 111, Firefox 115, Safari 16.4, or newer.',
  'boot.nothing': 'Nothing was made, stored or sent.',
  'boot.details': 'What the browser said',
};
