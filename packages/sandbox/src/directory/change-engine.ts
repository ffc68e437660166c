import type { Clock } from '../clock.ts';
import { createChangeScript, type ChangeAction, type ChangeLedger } from './change-script.ts';
import type { People } from './people.ts';

export interface ChangeEngine {
  /** Makes this many changes now. Returns how many there were people for. */
  run(count: number, action?: ChangeAction): number;
  /** From now on this many changes a second; 0 stops. */
  setRate(perSecond: number): void;
  readonly rate: number;
  readonly ledger: ChangeLedger;
  stop(): void;
}

export interface ChangeEngineOptions {
  readonly people: People;
  readonly seed: number;
  readonly clock: Clock;
  /** Calls back again and again, roughly so many milliseconds apart, until the returned function is called. */
  readonly every?: ((milliseconds: number, call: () => void) => () => void) | undefined;
}

function everyInterval(milliseconds: number, call: () => void): () => void {
  const timer = setInterval(call, milliseconds);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

/** Milliseconds between looks at the clock: what is due by then happens at once. */
const pulse = 20;

/** Changes the directory on demand, and at a rate while it is read. */
export function createChangeEngine(options: ChangeEngineOptions): ChangeEngine {
  const { people, seed, clock, every = everyInterval } = options;
  const script = createChangeScript(people, seed, clock);
  let rate = 0;
  let cancel: (() => void) | undefined;

  function run(count: number, action?: ChangeAction): number {
    let done = 0;
    for (let step = 0; step < count; step += 1) if (script.step(action)) done += 1;
    return done;
  }

  function setRate(perSecond: number): void {
    cancel?.();
    cancel = undefined;
    rate = perSecond;
    if (rate <= 0) return;
    let since = clock.now();
    cancel = every(pulse, () => {
      const due = Math.floor(((clock.now() - since) / 1000) * rate);
      since += (due / rate) * 1000;
      run(due);
    });
  }

  return {
    run,
    setRate,
    get rate() {
      return rate;
    },
    ledger: script.ledger,
    stop: () => {
      setRate(0);
    },
  };
}
