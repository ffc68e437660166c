import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

import type { Plant } from './plant.ts';

// Runs inside the bundled command, before it: changes one module of the bundle as the file that contains it is loaded.
const { module, changes } = JSON.parse(process.env['PLANT'] ?? '') as Plant;
const heading = `\n// ${module}\n`;

/** Returns the source of a file of the bundle with the changes in it. */
function withChanges(source: string): string {
  const start = source.indexOf(heading) + heading.length;
  const next = source.indexOf('\n// packages/', start);
  const end = next < 0 ? source.length : next;
  let code = source.slice(start, end);
  for (const [find, replacement] of changes) {
    const changed = code.replace(new RegExp(find, 'u'), replacement);
    if (changed === code) throw new Error(`${module} has no ${find}: nothing was planted`);
    code = changed;
  }
  return source.slice(0, start) + code + source.slice(end);
}

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    const { source: given } = loaded;
    if (!url.endsWith('.cjs') || given === undefined || given === null) return loaded;
    const source = typeof given === 'string' ? given : Buffer.from(given as Uint8Array).toString();
    if (!source.includes(heading)) return loaded;
    appendFileSync(process.env['PLANTED'] ?? '', `${module}\n`);
    return { ...loaded, source: withChanges(source) };
  },
});
