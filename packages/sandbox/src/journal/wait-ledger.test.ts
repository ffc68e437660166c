import { describe, expect, it } from 'vitest';

import { createWaitLedger, type WaitingRequest } from './wait-ledger.ts';

const noon = Date.UTC(2026, 5, 1, 12);

function token(appid: string): string {
  return `Bearer e30.${Buffer.from(JSON.stringify({ appid })).toString('base64url')}.x`;
}

function request(after: number, more: Partial<WaitingRequest> = {}): WaitingRequest {
  return {
    class: 'graph',
    requestId: `at ${after}`,
    authorization: token('a'),
    at: noon + after,
    ...more,
  };
}

describe.each([
  ['seconds', '2'],
  ['IMF-fixdate', 'Mon, 01 Jun 2026 12:00:02 GMT'],
  ['RFC 850', 'Monday, 01-Jun-26 12:00:02 GMT'],
  ['asctime', 'Mon Jun  1 12:00:02 2026'],
])('a wait in %s', (_form, retryAfter) => {
  it('is over when it is over, and what comes before is written down', () => {
    const ledger = createWaitLedger();
    ledger.asked(request(0), retryAfter, noon);
    ledger.arrived(request(1_999));
    ledger.arrived(request(2_000));
    expect(ledger.waits()).toEqual({
      asked: 1,
      early: 1,
      recent: [{ class: 'graph', requestId: 'at 1999', at: '2026-06-01T12:00:01.999Z', early: 1 }],
    });
  });
});

it('is a matter between one application and one part of the tenant', () => {
  const ledger = createWaitLedger();
  ledger.asked(request(0), '5', noon);
  ledger.arrived(request(1, { authorization: token('b') }));
  ledger.arrived(request(1, { class: 'token', authorization: undefined }));
  expect(ledger.waits().early).toBe(0);
  // A new token does not make a new application.
  ledger.arrived(request(1, { authorization: token('a').replace('.x', '.y') }));
  expect(ledger.waits().early).toBe(1);
});

it('lasts as long as the longest that was asked for', () => {
  const ledger = createWaitLedger();
  ledger.asked(request(0), '5', noon);
  ledger.asked(request(0), '1', noon);
  ledger.arrived(request(3_000));
  expect(ledger.waits()).toMatchObject({ asked: 2, early: 1 });
});

it.each(['', '-5', 'soon', '1.5', '0x10', 'Soon, perhaps', ['1', '5'], undefined])(
  'is not asked for by %j',
  (retryAfter) => {
    const ledger = createWaitLedger();
    ledger.asked(request(0), retryAfter, noon);
    ledger.arrived(request(0));
    expect(ledger.waits()).toEqual({ asked: 0, early: 0, recent: [] });
  },
);

it('forgets', () => {
  const ledger = createWaitLedger();
  ledger.asked(request(0), '5', noon);
  ledger.clear();
  ledger.arrived(request(1));
  expect(ledger.waits()).toEqual({ asked: 0, early: 0, recent: [] });
});
