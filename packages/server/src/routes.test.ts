import { describe, expect, it } from 'vitest';
import type { z } from 'zod';

import { roles } from './callers/role.ts';
import { routes } from './routes.ts';
import { startTestServer } from './testing/start-test-server.ts';

describe('the registry of routes', () => {
  it.each(Object.entries(routes))('%s is data: path, summary, role and input', (_name, route) => {
    expect(route.path).toMatch(/^\/[\w.:$/-]+$/u);
    expect(route.summary).toMatch(/^[A-Z].{5,60}$/u);
    expect([...roles, 'anyone']).toContain(route.role);
    const inPath = [...route.path.matchAll(/:(?<name>\w+)/gu)].map(([, name]) => name);
    expect(Object.keys(route.input.path?.shape ?? {})).toEqual(inPath);
    for (const schema of Object.values(route.input))
      for (const field of Object.values<z.ZodType>(schema?.shape ?? {}))
        expect(field.meta()?.description).toMatch(/./u);
  });

  it('only the probes and the interface document are for callers without a role', () => {
    const open = Object.values(routes).filter(({ role }) => role === 'anyone');
    expect(open.map(({ path }) => path)).toEqual([
      '/livez',
      '/readyz',
      '/openapi.json',
      '/docs',
      '/docs/style.css',
      '/docs/script.js',
    ]);
  });
});

describe('parameters that the schema of a route rejects', () => {
  it.each([
    ['/v1.0/users?$top=0&$count=maybe&$select=,', ['$top', '$count', '$select']],
    ['/v1.0/users?$top=1&$skip=5&$filter=%20', ['$skip', '$filter']],
    ['/v1.0/users/$count?$top=1&$filter=', ['$top', '$filter']],
    ['/users.csv?$top=5&$orderby=a,,b', ['$top', '$orderby']],
    ['/v1.0/users/ada?$filter=a&$select=', ['$filter', '$select']],
  ])('%s: one error names every problem', async (path, names) => {
    const { get, directory } = await startTestServer({ users: 3 });
    const answer = await get(path, { headers: { ConsistencyLevel: 'strong' } });
    const text = await answer.text();
    expect(answer.status).toBe(400);
    for (const name of [...names, 'ConsistencyLevel']) expect(text).toContain(`${name}: `);
    expect(directory.asked).toEqual([]);
  });
});
