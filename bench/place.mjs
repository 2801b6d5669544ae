// Where things are.
import { fileURLToPath } from 'node:url';

export const project = fileURLToPath(new URL('../', import.meta.url));
/** Everything that the measurements write. */
export const output = fileURLToPath(new URL('../target/bench/', import.meta.url));
export const product = process.env.HARDWAY_PAGE ?? fileURLToPath(new URL('../dist/hardway.html', import.meta.url));
