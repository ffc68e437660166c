import { readFileSync } from 'node:fs';

import { ThrottledError } from '@rollcall/core';
import { expect, it } from 'vitest';
import type { z } from 'zod';

import type { MemoryOptions } from '../../testing/memory-directory.ts';
import { startTestServer } from '../../testing/start-test-server.ts';
import { auditRecords, type AuditRecord } from './audit-record.ts';

async function startAudited(options: MemoryOptions, fails: { readonly write?: boolean } = {}) {
  const records: AuditRecord[] = [];
  const started = await startTestServer({
    ...options,
    audit: {
      async write(record) {
        if (fails.write === true) throw Object.assign(new Error('canary'), { code: 'ENOSPC' });
        // Strict: a field that the reference does not have fails here.
        auditRecords[record.event].parse(record);
        records.push(record);
      },
    },
  });
  const ended = async (): Promise<void> => {
    await expect.poll(() => records.map(({ event }) => event)).toContain('export-ended');
  };
  return { ...started, records, ended };
}

it.each(['ndjson', 'csv', 'json'])(
  'records who exported what as %s, and how it ended',
  async (format) => {
    const { get, records, ended } = await startAudited({ users: 5 });
    const answer = await get(`/users.${format}?$select=id,mail&$filter=accountEnabled eq true`);
    await answer.text();
    await ended();
    const common = {
      requestId: answer.headers.get('request-id'),
      caller: 'anonymous',
      address: '127.0.0.1',
      route: `/users.${format}`,
    };
    expect(records).toMatchObject([
      {
        event: 'export-started',
        ...common,
        query: { select: ['id', 'mail'], filter: 'accountEnabled eq true' },
      },
      {
        event: 'export-ended',
        ...common,
        outcome: 'complete',
        status: 200,
        users: 5,
        receipt: { complete: true, reconciled: true, users: 5 },
      },
    ]);
  },
);

it('records an export whose reader leaves, one that is not proved, and one that fails', async () => {
  const left = await startAudited({ users: 50_000 });
  const answer = await left.get('/users.ndjson');
  await answer.body?.cancel();
  await left.ended();
  expect(left.records.at(-1)).toMatchObject({ outcome: 'cut', status: 200 });

  const unproved = await startAudited({ users: 5, reconciled: false });
  await expect(unproved.get('/users.csv').then(async (cut) => cut.text())).rejects.toThrow();
  await unproved.ended();
  expect(unproved.records.at(-1)).toMatchObject({
    outcome: 'cut',
    failure: 'Unproved',
    receipt: { reconciled: false },
  });

  const failed = await startAudited({
    users: 5,
    before: () => {
      throw new ThrottledError({ status: 429, retryAfter: 1_000 });
    },
  });
  expect((await failed.get('/users.json')).status).toBe(503);
  await failed.ended();
  expect(failed.records.at(-1)).toMatchObject({
    outcome: 'failed',
    status: 503,
    failure: 'E_THROTTLED',
    users: 0,
  });
});

it('records the end of an export that the stop of the server cuts, before the stop is complete', async () => {
  const reading = Promise.withResolvers<void>();
  const { get, server, records } = await startAudited({
    users: 5_000,
    before: async (page, signal) => {
      if (page === 0) return;
      reading.resolve();
      await new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
      });
    },
  });
  const answer = await get('/users.ndjson');
  await reading.promise;
  const drained = server.drain();
  server.cut();
  await drained;
  expect(records.at(-1)).toMatchObject({ event: 'export-ended', outcome: 'cut', users: 999 });
  await expect(answer.text()).rejects.toThrow();
});

it('does not export what it cannot record', async () => {
  const { get, directory, logged } = await startAudited({ users: 5 }, { write: true });
  const answer = await get('/users.csv');
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
  expect(await answer.text()).toContain('audit_unavailable');
  expect(directory.pages).toBe(0);
  expect(logged).toContainEqual(
    expect.objectContaining({
      level: 'error',
      event: 'audit-failed',
      fields: { requestId: answer.headers.get('request-id'), reason: 'ENOSPC' },
    }),
  );
  expect(JSON.stringify(logged)).not.toContain('canary');
});

it('records exports only: no page, no HEAD and no invalid request', async () => {
  const { get, records } = await startAudited({ users: 5 });
  await (await get('/v1.0/users')).text();
  await get('/users.csv', { method: 'HEAD' });
  expect((await get('/users.csv?$top=5')).status).toBe(400);
  expect((await get('/users.csv', { method: 'POST' })).status).toBe(405);
  expect(records).toEqual([]);
});

it('docs/reference/audit-records.md lists every field', async () => {
  const file = new URL('../../../../../docs/reference/audit-records.md', import.meta.url);
  const begin = '<!-- generated from the schemas: vitest -u writes it -->\n';
  const end = '<!-- end of the generated part -->';
  const tables = Object.entries<z.ZodObject>(auditRecords).map(([event, { shape }]) => {
    const rows = Object.entries(shape).map(([name, schema]) => {
      const { description } = (schema as z.ZodType).meta() ?? {};
      const isOptional = (schema as z.ZodType).safeParse(undefined).success;
      return `| \`${name}\`${isOptional ? '?' : ''} | ${description} |`;
    });
    return [`## \`${event}\``, '', '| field | meaning |', '|---|---|', ...rows, ''].join('\n');
  });
  const [before = '', rest = ''] = readFileSync(file, 'utf8').split(begin);
  const [, after = ''] = rest.split(end);
  await expect(`${before}${begin}${tables.join('\n')}${end}${after}`).toMatchFileSnapshot(
    file.pathname,
  );
});
