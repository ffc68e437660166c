import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';

import { startTestServer } from '../testing/start-test-server.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: object;
}

/** Positions that only the server can tell from others. */
const issued = new Set(['$skiptoken', '$deltatoken']);

const lists = [
  'id',
  'id,displayName',
  ' id , mail ',
  ',',
  'id,',
  ',id',
  'a,,b',
  '',
  ' ',
  '\t',
  ' ,',
];
const numbers = ['0', '1', '2', '998', '999', '1000', '01', '1.0', '1e2', '-1', '+1', ' 1', '0x1'];
const flags = ['true', 'TRUE', 'True', 'false', 'no', 'true,false', 'null', '[]', '"x"'];
const values = [...lists, ...numbers, ...flags, '9'.repeat(20)];

it('the document and the server accept the same values of query parameters', async () => {
  const { get } = await startTestServer({ users: 3 });
  const { paths } = (await (await get('/openapi.json')).json()) as {
    readonly paths: Readonly<
      Record<string, { readonly get?: { readonly parameters?: readonly Parameter[] } }>
    >;
  };
  const ajv = new Ajv2020({ strict: false });
  const parameters = Object.entries(paths).flatMap(([path, operation]) =>
    (operation.get?.parameters ?? [])
      .filter((each) => each.in === 'query' && !issued.has(each.name))
      .map(({ name, schema }) => ({ path, name, schema, isValid: ajv.compile(schema) })),
  );
  expect(parameters.length).toBeGreaterThan(15);
  const seen = new Set<string>();
  const tested = new Map<string, number>();
  for (const { path, name, schema, isValid } of parameters) {
    // Routes share the schemas of their options: three routes for each show a difference as well as all of them.
    const routesBefore = tested.get(name) ?? 0;
    if (routesBefore === 3) continue;
    tested.set(name, routesBefore + 1);
    // Parameters are text; a number of the document is one that is written as digits.
    const isNumber = (schema as { readonly type?: string }).type === 'integer';
    const concrete = path.replace('{id}', '00000000-0000-4000-8000-000000000001');
    const statuses = await Promise.all(
      values.map(async (value) => {
        const answer = await get(`${concrete}?${name}=${encodeURIComponent(value)}`);
        await answer.text();
        seen.add(`${name} ${answer.status}`);
        return [path, name, value, answer.status];
      }),
    );
    const expected = values.map((value) => {
      const given = isNumber && /^\d+$/u.test(value) ? Number(value) : value;
      return [path, name, value, isValid(given) ? 200 : 400];
    });
    expect(statuses).toEqual(expected);
  }
  for (const name of ['$select', '$filter', '$search', '$top', '$count', '$orderby', '$expand'])
    expect([...seen]).toEqual(expect.arrayContaining([`${name} 200`, `${name} 400`]));
}, 30_000);
