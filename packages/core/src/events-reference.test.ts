import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { events } from './events.ts';
import { type EventRegistry } from './event-registry.ts';

const file = new URL('../../../docs/reference/events.md', import.meta.url);
const begin = '<!-- generated from the registry: vitest -u writes it -->\n';
const end = '<!-- end of the generated part -->';

/** Returns the events as a table, in the order of the registry. */
function eventsReference(registry: EventRegistry): string {
  const rows = Object.entries(registry).map(([name, { level, fields }]) => {
    const columns = Object.entries(fields).map(([field, kind]) => {
      const optional = kind.endsWith('?') ? '?' : '';
      return `\`${field}\`${optional} (${kind.replace('?', '')})`;
    });
    const levels = typeof level === 'function' ? 'depends on the fields' : level;
    return `| \`${name}\` | ${levels} | ${columns.join(', ')} |`;
  });
  return ['| event | level | fields |', '|---|---|---|', ...rows, ''].join('\n');
}

it('docs/reference/events.md lists every event of core with its fields', async () => {
  const [before = '', rest = ''] = readFileSync(file, 'utf8').split(begin);
  const [, after = ''] = rest.split(end);
  await expect(`${before}${begin}${eventsReference(events)}${end}${after}`).toMatchFileSnapshot(
    file.pathname,
  );
});
