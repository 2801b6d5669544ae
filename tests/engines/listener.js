// A server on the loopback network that notes whatever comes: requests, raw bytes, and, as every browser's proxy, requests for any name at all.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

/** The name under which the page is served: no localhost, so that a browser takes it for the insecure web, where crypto.subtle is missing. */
export const NAME = 'hardway.test';

/** @typedef {Awaited<ReturnType<typeof listener>>} Listener */

/** @param {string} [page] what is served under the name, besides */
export async function listener(page) {
  /** What came, but for the page's own GET. @type {string[]} */
  let seen = [];
  let pages = 0;
  const server = createServer(async (request, response) => {
    const url = request.url ?? '';
    if (page && request.method === 'GET' && url === `http://${NAME}/`) {
      pages++;
      // As a plain host serves it: the same bytes, no header that would protect it.
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' });
      return response.end(await readFile(page));
    }
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push(`${request.method} ${url}${body && ` ${body.slice(0, 200)}`}`);
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Access-Control-Allow-Origin': '*' });
    response.end('seen');
  });
  server.on('connect', (request, socket) => { seen.push(`CONNECT ${request.url}`); socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'); });
  server.on('upgrade', (request, socket) => { seen.push(`UPGRADE ${request.url}`); socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'); });
  server.on('clientError', (error, socket) => { seen.push(`BYTES ${/** @type {any} */ (error).rawPacket?.subarray(0, 40).toString('latin1') ?? error.message}`); socket.destroy(); });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    port,
    proxy: `127.0.0.1:${port}`,
    /** An address that every browser asks this server for. */
    elsewhere: 'http://elsewhere.test/',
    get pages() { return pages; },
    /** What came since the last call, without what browsers ask on their own account. */
    taken() {
      const all = seen.filter((one) => !OWN.some((errand) => errand.test(one)));
      seen = [];
      return all;
    },
    close() { server.closeAllConnections(); server.close(); },
  };
}

/** Errands of the browsers' own, whatever page is open: none of them knows of the page. */
const OWN = [
  /^(GET|POST|CONNECT) (https?:\/\/)?([\w-]+\.)*(mozilla\.(com|net|org)|firefox\.com|mozgcp\.net)\b/,
  /^(GET|POST|CONNECT) (https?:\/\/)?([\w-]+\.)*(google|googleapis|gvt1|gstatic)\.com\b/,
];
