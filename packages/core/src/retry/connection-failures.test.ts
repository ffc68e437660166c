import { describe, expect, it } from 'vitest';

import { retryingCredential } from '../credential/layers/retrying-credential.ts';
import { DeadlineError } from '../errors/deadline-error.ts';
import type { DirectoryError } from '../errors/directory-error.ts';
import { NetworkError } from '../errors/network-error.ts';
import { ProxyError } from '../errors/proxy-error.ts';
import { events } from '../events.ts';
import { createEventLog } from '../testing/event-log.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { openFake } from '../testing/open-fake.ts';
import { directoryCredential } from '../token/directory-credential.ts';
import { createTokenSource } from '../token/token-source.ts';
import { createDeadline } from './deadline.ts';
import { FinalError } from './final-error.ts';
import { createRetryBudget } from './retry-budget.ts';
import { defaultRetryPolicy } from './retry-decision.ts';
import { retryLoop } from './retry-loop.ts';

const end = { host: 'host.example', port: 8080 };
const failures = {
  'a refused proxy port': new ProxyError(end, 'ECONNREFUSED'),
  'a DNS server without a response': new NetworkError(end, 'EAI_AGAIN'),
  'a refused connection': new NetworkError(end, 'ECONNREFUSED'),
  'an unreachable network': new NetworkError(end, 'ENETUNREACH'),
};

interface Hop {
  readonly logged: readonly { readonly event: string; readonly fields: object }[];
  readonly call: () => Promise<unknown>;
}

/** What fails: requests to the identity platform, or requests to Graph. */
const hops: Readonly<
  Record<string, (failure: DirectoryError, deadline?: number) => Promise<Hop> | Hop>
> = {
  'the identity platform'(failure, deadline) {
    const clock = createFakeClock();
    const { log, logged } = createEventLog();
    const ports = { clock, log, random: () => 0.5, dispatch: () => Promise.reject(failure) };
    const failing = { kind: 'failing', requestToken: ports.dispatch };
    const source = createTokenSource(retryingCredential(failing, ports), ports);
    const credential = directoryCredential(source, () => createDeadline(clock, deadline));
    return { logged, call: () => credential.getToken('https://graph.example/.default') };
  },
  async Graph(failure, deadline) {
    const intervene = () => Promise.reject(failure);
    const { directory, events: logged } = await openFake({ users: 3, deadline, intervene });
    return { logged, call: () => directory.users.count() };
  },
};

describe.each(Object.entries(hops))('on the way to %s', (_hop, open) => {
  it.each(Object.entries(failures))(
    'faults A2 row 20: %s is reported once, at the first attempt',
    async (_name, failure) => {
      const { logged, call } = await open(failure);
      await expect(call()).rejects.toMatchObject({ code: failure.code });
      const reported = logged.filter(({ event }) => event === 'connection-failed');
      expect(reported.map(({ fields }) => fields)).toEqual([
        expect.objectContaining({ message: failure.message, attempt: 2, attempts: 8 }),
      ]);
    },
  );

  it.each(Object.entries(failures))(
    'faults A2 row 20: %s is named when the deadline passes',
    async (_name, failure) => {
      const { call } = await open(failure, 5000);
      await expect(call()).rejects.toMatchObject({
        code: 'E_DEADLINE',
        message: expect.stringContaining(`The last attempt failed: ${failure.message}`) as string,
        cause: { name: failure.name },
      });
    },
  );
});

it('faults A2 row 20: a failure is named when the attempt after it does not end before the deadline', async () => {
  const { clock, log, random, policy } = {
    clock: createFakeClock(),
    log: createEventLog().log,
    random: () => 0.5,
    policy: defaultRetryPolicy,
  };
  const outcomes = [
    failures['a refused proxy port'],
    new FinalError(new DeadlineError('answer')),
  ] as const;
  let sent = 0;
  const running = retryLoop(
    {
      left: () => 60_000,
      send: () => Promise.reject(outcomes[sent++] ?? new Error('sent too often')),
      failureOf: (error) => ({ error }),
      pause: (wait) => clock.sleep(wait),
    },
    { random, log, policy, budget: createRetryBudget() },
  );
  await expect(running).rejects.toMatchObject({ attempts: 2, cause: { name: 'ProxyError' } });
});

it('shows the first failure without --verbose', () => {
  expect(events['connection-failed'].level).toBe('warn');
});
