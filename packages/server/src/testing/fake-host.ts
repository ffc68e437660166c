import { EventEmitter } from 'node:events';

import type { Host } from '../process/serve.ts';

export interface FakeHost extends Host {
  readonly printed: string[];
  /** Resolves with the ready line's url. */
  readonly ready: Promise<string>;
  send(event: string, error?: unknown): void;
  listeners(): number;
}

/** A process that does nothing by itself. */
export function createFakeHost(env: Host['env'] = {}, execArgv: readonly string[] = []): FakeHost {
  const emitter = new EventEmitter();
  const printed: string[] = [];
  const ready = Promise.withResolvers<string>();
  return {
    env,
    execArgv,
    printed,
    ready: ready.promise,
    stdout: {
      write(text) {
        printed.push(text);
        if (text.startsWith('{')) ready.resolve((JSON.parse(text) as { readonly url: string }).url);
      },
    },
    on: emitter.on.bind(emitter) as Host['on'],
    off: emitter.off.bind(emitter) as Host['off'],
    send: (event, error) => void emitter.emit(event, error),
    listeners: () => emitter.eventNames().length,
  };
}
