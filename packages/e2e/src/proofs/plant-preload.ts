import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

import type { Plant } from './plant.ts';

// Runs inside a program under test, before it: changes one module as it is loaded.
const { module, changes } = JSON.parse(process.env['PLANT'] ?? '') as Plant;

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith(module)) return loaded;
    const { source: given = '' } = loaded;
    let source = typeof given === 'string' ? given : Buffer.from(given as Uint8Array).toString();
    for (const [find, replacement] of changes) {
      const changed = source.replace(new RegExp(find, 'u'), replacement);
      if (changed === source) throw new Error(`${module} has no ${find}: nothing was planted`);
      source = changed;
    }
    appendFileSync(process.env['PLANTED'] ?? '', `${module}\n`);
    return { ...loaded, source };
  },
});
