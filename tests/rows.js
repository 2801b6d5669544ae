// Rows of the table that `make test` and `make audit` end with (build/rows.sh), and whether the long runs are asked for.
import { appendFile } from 'node:fs/promises';

export const LONG = Boolean(process.env.HARDWAY_LONG);

/** One row. @param {string} part of the audit (build/audit.sh) that runs it whole @param {string} what @param {string} figure what was counted */
export async function audited(part, what, figure) {
  if (process.env.HARDWAY_ROWS) await appendFile(process.env.HARDWAY_ROWS, `${part}|${what}|${figure}|ok\n`);
}
