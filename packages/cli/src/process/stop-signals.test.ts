import { describe, expect, it } from 'vitest';

import { Stopped, stopSignals } from './stop-signals.ts';
import { createFakeHost } from '../testing/fake-host.ts';

describe('faults A8 row 84: signals', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s aborts, for exit code %i', (name, exitCode) => {
    const fake = createFakeHost();
    using stop = stopSignals(fake.host);
    fake.deliver(name);
    expect(stop.signal.aborted).toBe(true);
    expect(stop.signal.reason).toBeInstanceOf(Stopped);
    expect(stop.signal.reason).toMatchObject({ exitCode });
  });

  it('leaves the second one to the system, which ends the process at once', () => {
    const fake = createFakeHost();
    using stop = stopSignals(fake.host);
    fake.deliver('SIGINT');
    expect(stop.signal.aborted).toBe(true);
    expect(fake.host.listenerCount('SIGINT')).toBe(0);
    expect(fake.host.listenerCount('SIGTERM')).toBe(0);
  });

  it('stops listening when disposed', () => {
    const fake = createFakeHost();
    {
      using stop = stopSignals(fake.host);
      expect(stop.signal.aborted).toBe(false);
      expect(fake.host.listenerCount('SIGINT')).toBe(1);
    }
    expect(fake.host.listenerCount('SIGINT')).toBe(0);
  });
});

describe('faults A8 row 83: the reader of standard output', () => {
  it('going away aborts, for exit code 141', () => {
    const fake = createFakeHost();
    using stop = stopSignals(fake.host);
    fake.host.stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    expect(stop.signal.reason).toMatchObject({ exitCode: 141 });
  });

  it('of standard error going away stops nothing', () => {
    const fake = createFakeHost();
    using stop = stopSignals(fake.host);
    fake.host.stderr.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    expect(stop.signal.aborted).toBe(false);
  });
});

it('faults A8 row 82: standard output that takes no more is an output error', () => {
  const fake = createFakeHost();
  using stop = stopSignals(fake.host);
  fake.host.stdout.emit('error', Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' }));
  expect(stop.signal.reason).toMatchObject({
    code: 'E_OUTPUT',
    category: 'output',
    message: expect.stringContaining('ENOSPC'),
  });
});
