// Serves dist/ to this machine alone (127.0.0.1), for `make run`. PORT chooses the port; when it is taken, the system chooses another.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const dist = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist');
const page = join(dist, 'hardway.html');

const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.json', 'application/json'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.zip', 'application/zip'],
]);

const server = createServer(async (request, response) => {
  /** @param {number} status @param {string} type @param {string | Buffer} body */
  const answer = (status, type, body) => {
    response.writeHead(status, {
      'Content-Type': type,
      'Content-Length': Buffer.byteLength(body),
      'Cache-Control': 'no-store', // the next build is seen by a reload
      'X-Content-Type-Options': 'nosniff',
      // What the page's own policy cannot say, since a <meta> carries no frame-ancestors: no other page may frame it, and catch its clicks.
      'Content-Security-Policy': "frame-ancestors 'none'",
      'X-Frame-Options': 'DENY',
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, 'text/plain', 'Only GET and HEAD.\n');

  const path = (request.url ?? '/').split('?')[0];
  const name = path === '/' ? 'hardway.html' : path.slice(1);
  const type = TYPES.get(extname(name));
  // One flat folder: a name with anything but these letters is no file of ours, and cannot lead out of it.
  if (!type || !/^[\w-]+(\.[\w-]+)+$/.test(name)) return answer(404, 'text/plain', 'Not found.\n');
  try {
    answer(200, type, await readFile(join(dist, name)));
  } catch {
    answer(404, 'text/plain', 'Not found.\n');
  }
});

const wanted = Number(process.env.PORT ?? 8080);
if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65535) {
  console.error(`PORT is ${process.env.PORT}: expected a number from 0 to 65535.`);
  process.exit(1);
}

server.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
  if (error.code === 'EADDRINUSE' || error.code === 'EACCES') {
    console.log(`Port ${wanted} is ${error.code === 'EACCES' ? 'not allowed' : 'taken'}; another is used.`);
    server.listen(0, '127.0.0.1');
  } else {
    console.error(error.message);
    process.exit(1);
  }
});
server.on('listening', () => {
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`Hardway is at  http://127.0.0.1:${address.port}/`);
  console.log(`the same file  ${page}`);
  console.log(`without server ${pathToFileURL(page)}`);
  console.log('Ctrl-C stops the server.');
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => process.exit(0));
}
server.listen(wanted, '127.0.0.1');
