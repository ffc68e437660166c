import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';

import { routes } from '../routes.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { createInterfaceCheck } from './testing/interface-check.ts';

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}

async function readDocument() {
  const { get } = await startTestServer({ users: 3 });
  const answer = await get('/openapi.json');
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  return (await answer.json()) as {
    readonly openapi: string;
    readonly paths: Readonly<Record<string, { readonly get?: Operation }>>;
  };
}

it('is a valid document of OpenAPI 3.1', async () => {
  const document = await readDocument();
  expect(await new Validator().validate(document)).toEqual({ valid: true });
  expect(document.openapi).toBe('3.1.1');
});

it('has each route with each parameter that its schemas parse', async () => {
  const { paths } = await readDocument();
  const documented = Object.entries(paths).flatMap(([path, { get }]) =>
    (get?.parameters ?? []).map((parameter) => `${path} ${parameter.in} ${parameter.name}`),
  );
  const parsed = Object.values(routes).flatMap(({ path, input }) =>
    Object.entries({ ...input, body: undefined }).flatMap(([place, schema]) =>
      Object.keys(schema?.shape ?? {}).map(
        (name) => `${path.replaceAll(/:(?<name>\w+)/gu, '{$<name>}')} ${place} ${name}`,
      ),
    ),
  );
  expect(documented.toSorted()).toEqual(parsed.toSorted());
  expect(documented.length).toBeGreaterThan(20);
  expect(Object.keys(paths)).toHaveLength(Object.keys(routes).length);
});

it('has the public URL as the address of the server', async () => {
  const { get } = await startTestServer({
    users: 3,
    publicUrl: 'https://directory.example.com/graph',
  });
  const document = (await (await get('/openapi.json')).json()) as { readonly servers: unknown };
  expect(document.servers).toMatchObject([{ url: 'https://directory.example.com/graph' }]);
});

it.each([
  ['/livez'],
  ['/readyz'],
  ['/metrics'],
  ['/openapi.json'],
  ['/docs'],
  ['/docs/style.css'],
  ['/docs/script.js'],
  ['/v1.0/users?$top=2&$count=true'],
  ['/v1.0/users?$select=id,displayName'],
  ['/v1.0/users/$count'],
  ['/v1.0/users/person1@contoso.example'],
  ['/v1.0/users/delta'],
  ['/v1.0/directory/deletedItems/microsoft.graph.user?$top=1'],
  ['/v1.0/directory/deletedItems/microsoft.graph.user/$count'],
  ['/v1.0/users/person1@contoso.example/directReports/microsoft.graph.user'],
  ['/v1.0/groups/00000000-0000-4000-8000-000000000001/transitiveMembers/microsoft.graph.user'],
  ['/users.ndjson'],
  ['/users.csv'],
  ['/users.json'],
])('describes the response of %s', async (path) => {
  const { get } = await startTestServer({ users: 5 });
  const check = createInterfaceCheck(await (await get('/openapi.json')).json());
  const answer = await get(path);
  expect(answer.status).toBe(200);
  expect(check.problems(path, answer, await answer.text())).toEqual([]);
});

it.each([
  ['/v1.0/users?$top=0', 400],
  ['/v1.0/users/no-one@contoso.example', 404],
  ['/users.csv?$top=1', 400],
  ['/no/such/path', 404],
  ['/v1.0/no/such/path', 404],
])('describes the error of %s', async (path, status) => {
  const { get } = await startTestServer({ users: 5 });
  const check = createInterfaceCheck(await (await get('/openapi.json')).json());
  const answer = await get(path);
  expect(answer.status).toBe(status);
  expect(check.problems(path, answer, await answer.text())).toEqual([]);
});

it('finds a response that differs from the document', async () => {
  const { get } = await startTestServer({ users: 5 });
  const check = createInterfaceCheck(await (await get('/openapi.json')).json());
  const json = new Response(null, { headers: { 'content-type': 'application/json' } });
  const failed = new Response(null, {
    status: 404,
    headers: { 'content-type': 'application/json' },
  });
  for (const [path, response, body] of [
    ['/livez', json, '{"alive":false}'],
    ['/livez', json, '{"alive":true,"host":"x"}'],
    ['/users.csv', json, '{}'],
    ['/v1.0/users', json, '{"@odata.context":"x","value":[{"displayName":"x"}]}'],
    ['/v1.0/users', failed, '{"error":{"code":"x","message":"y"}}'],
    ['/v1.0/users', failed, '{"error":'],
    ['/users.csv', failed, '{"type":"x"}'],
  ] as const)
    expect(check.problems(path, response, body), `${path} ${body}`).not.toEqual([]);
});
