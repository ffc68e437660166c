import { expect, it } from 'vitest';

import { openSharedOutput } from './shared-output.ts';

function page(tenant: string): readonly { readonly id: string; readonly displayName: string }[] {
  return Array.from({ length: 300 }, (_, at) => ({
    id: `${tenant}${at}`,
    displayName: 'x'.repeat(300),
  }));
}

it('writes the pages of several listings whole, one after the other', async () => {
  const written: string[] = [];
  const output = openSharedOutput(
    'json',
    {},
    {
      write: async (data) => {
        // A slow reader: without a queue, the pieces of pages would mix.
        await new Promise((resolve) => setImmediate(resolve));
        written.push(Buffer.from(data).toString());
      },
    },
  );
  await Promise.all([output.page(page('a')), output.page(page('b')), output.page(page('c'))]);
  await output.end();
  const users = JSON.parse(written.join('')) as { readonly id: string }[];
  expect(users.map(({ id }) => id.slice(0, 1)).join('')).toBe(
    `${'a'.repeat(300)}${'b'.repeat(300)}${'c'.repeat(300)}`,
  );
});

it('continues after a page that could not be written, whose writer receives the error', async () => {
  let calls = 0;
  const output = openSharedOutput(
    'ndjson',
    {},
    {
      write: async () => {
        calls += 1;
        if (calls === 1) throw new Error('aborted');
      },
    },
  );
  await expect(output.page([{ id: '1' }])).rejects.toThrow('aborted');
  await output.page([{ id: '2' }]);
  expect(calls).toBe(2);
});
