import { Readable } from 'node:stream';

import { expect, it } from 'vitest';

import { readStandardInput } from './read-standard-input.ts';

it('reads all chunks', async () => {
  const input = Readable.from([Buffer.from('se'), Buffer.from('cret\n')]);
  expect(String(await readStandardInput(input))).toBe('secret\n');
});

it('stops reading endless input', async () => {
  let given = 0;
  const input = Readable.from(
    (function* zeros() {
      for (;;) {
        given += 1;
        yield Buffer.alloc(16 * 1024);
      }
    })(),
  );
  await expect(readStandardInput(input)).rejects.toMatchObject({
    code: 'E_CREDENTIAL',
    message: 'Standard input is larger than 64 KiB.',
  });
  expect(input.destroyed).toBe(true);
  expect(given).toBeLessThan(32);
});
