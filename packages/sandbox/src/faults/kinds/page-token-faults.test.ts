import { describe, expect, test } from 'vitest';
import { createTestGraph, origin } from '../../graph/testing/graph.ts';
import type { FaultContext } from '../fault.ts';
import { pageTokenFaults } from './page-token-faults.ts';

function contextOf(path: string): FaultContext {
  return {
    parameters: {},
    call: {
      method: 'GET',
      url: new URL(path, `${origin}/v1.0/`),
      headers: {},
      body: Buffer.alloc(0),
      requestId: '33333333-3333-4333-8333-333333333333',
    },
    class: 'graph',
    places: { origin, hostile: '', hostileHttp: '' },
    now: new Date(0),
    struck: 0,
    sleep: () => Promise.resolve(),
    reset: () => undefined,
  };
}

describe('faults of page tokens', () => {
  test('a token that is not found applies to a later page, and cannot apply to a first one', () => {
    const { instead } = pageTokenFaults['page-token-not-found'];
    expect(instead(contextOf('users?$top=5'))).toBeUndefined();
    const answer = instead(contextOf('users?$top=5&$skiptoken=RFNwdA'))!;
    expect(answer.status).toBe(400);
    expect(JSON.parse(String(answer.body))).toMatchObject({
      error: { code: 'DirectoryPageTokenNotFoundException' },
    });
  });

  test('a sparse page lacks attributes, and cannot be the first', async () => {
    const graph = createTestGraph();
    const { text } = await graph.get('users?$top=5');
    const { rewrite } = pageTokenFaults['sparse-page'];
    const answer = { status: 200, headers: {}, body: text };
    expect(rewrite(answer, contextOf('users?$top=5'))).toBeUndefined();
    const sparse = rewrite(answer, contextOf('users?%24skiptoken=x'))!;
    const page = JSON.parse(sparse.body) as { value: readonly object[]; '@odata.nextLink': string };
    expect(page.value.map((user) => Object.keys(user))).toEqual(
      Array.from({ length: 5 }, () => ['id']),
    );
    expect(page['@odata.nextLink']).toContain('$skiptoken=');
  });
});
