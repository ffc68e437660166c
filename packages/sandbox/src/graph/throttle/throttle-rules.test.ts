import { describe, expect, test } from 'vitest';
import { createTestGraph, reader } from '../testing/graph.ts';
import { limitOf } from './throttle.ts';

describe('throttling', () => {
  test('the limit follows the size of the tenant', () => {
    expect([49, 50, 500, 501].map(limitOf)).toEqual([3500, 5000, 5000, 8000]);
  });

  test('beyond the limit it is 429 with every header and Graph’s body', async () => {
    const graph = createTestGraph({ unitsPer10Seconds: 10 });
    for (let n = 0; n < 5; n += 1) expect((await graph.get('users')).status).toBe(200);
    const answer = await graph.get('users');
    expect(answer.status).toBe(429);
    expect(answer.headers).toMatchObject({
      'Retry-After': '4',
      'x-ms-throttle-scope': `Tenant_Application/ReadWrite/${reader.appId}/22222222-2222-4222-8222-222222222222`,
      'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
    });
    expect('x-ms-resource-unit' in answer.headers).toBe(false);
    expect(answer.json().error).toEqual({
      code: 'TooManyRequests',
      message: 'Please retry again later.',
      innerError: {
        code: '429',
        message: 'Please retry after',
        status: '429',
        date: '2026-06-01T12:00:00',
        'request-id': '33333333-3333-4333-8333-333333333333',
        'client-request-id': '33333333-3333-4333-8333-333333333333',
      },
    });
  });

  test('a caller that waits as requested is served, and one that is early is recorded and waits longer', async () => {
    const graph = createTestGraph({ unitsPer10Seconds: 10 });
    for (let n = 0; n < 6; n += 1) await graph.get('users');
    expect(graph.throttle()).toMatchObject({
      requests: 6,
      resourceUnits: 12,
      refused: 1,
      earlyReturns: 0,
    });
    graph.now += 1000;
    const early = await graph.get('users');
    expect(early.status).toBe(429);
    expect(graph.throttle()).toMatchObject({ refused: 2, earlyReturns: 1 });
    expect(graph.throttle().recentEarlyReturns[0]).toMatchObject({
      appId: reader.appId,
      early: 3000,
    });
    graph.now += Number(early.headers['Retry-After']) * 1000;
    expect((await graph.get('users')).status).toBe(200);
    expect(graph.throttle().earlyReturns).toBe(1);
  });

  test('the percentage is sent from 0.8 of the limit on', async () => {
    const graph = createTestGraph({ unitsPer10Seconds: 10 });
    const told: unknown[] = [];
    for (let n = 0; n < 5; n += 1) {
      told.push((await graph.get('users')).headers['x-ms-throttle-limit-percentage']);
    }
    expect(told).toEqual([undefined, undefined, undefined, '0.80', '1.00']);
  });

  test('low priority is refused first', async () => {
    const graph = createTestGraph({ unitsPer10Seconds: 10 });
    for (let n = 0; n < 4; n += 1) await graph.get('users');
    const low = await graph.get('users', { 'x-ms-throttle-priority': 'low' });
    expect(low.status).toBe(429);
    const other = createTestGraph({ unitsPer10Seconds: 10 });
    for (let n = 0; n < 4; n += 1) await other.get('users');
    expect((await other.get('users')).status).toBe(200);
  });

  test('signInActivity may be read ten times a minute', async () => {
    const graph = createTestGraph({ roles: ['User.Read.All', 'AuditLog.Read.All'] });
    const statuses: number[] = [];
    for (let n = 0; n < 11; n += 1) {
      statuses.push((await graph.get('users?$select=id,signInActivity')).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
    expect((await graph.get('users?$select=id')).status).toBe(200);
    graph.now += 60_000;
    expect((await graph.get('users?$select=id,signInActivity')).status).toBe(200);
  });
});
