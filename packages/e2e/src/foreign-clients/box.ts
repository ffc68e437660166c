import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createStage } from '../stage.ts';

/** The sandbox as a process, and the folder of files that it wrote for its clients. */
export interface Box extends AsyncDisposable {
  readonly dir: string;
  /** What the command printed when it was ready. */
  readonly ready: {
    readonly url: string;
    readonly control: string;
    readonly ca: string;
    readonly parameters: string;
    readonly certificateParameters: string;
    readonly noConsentParameters: string;
  };
  /** The environment in which a client trusts the sandbox: for Node, for Python's requests, and for OpenSSL. */
  readonly trust: Readonly<Record<string, string>>;
  /** What the sandbox was asked since the last `forget`. */
  asked(): Promise<Asked>;
  forget(): Promise<void>;
  /** Asks the control port; posts `body` when there is one. */
  control(path: string, body?: unknown): Promise<unknown>;
}

export interface Asked {
  readonly byClass: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly entries: readonly {
    readonly class: string;
    readonly status: number;
    readonly credential?: string;
    readonly clientId?: string;
    readonly userAgent?: string;
  }[];
}

export async function openBox(users: number): Promise<Box> {
  const dir = await mkdtemp(join(tmpdir(), 'box-'));
  const running = createStage().start('sandbox', ['--users', String(users), '--dir', dir]);
  const ready = JSON.parse(await running.line()) as Box['ready'];
  const control = async (path: string, body?: unknown): Promise<unknown> => {
    const post = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const answer = await fetch(`${ready.control}/${path}`, body === undefined ? {} : post);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return await answer.json();
  };
  return {
    dir,
    ready,
    trust: {
      NODE_EXTRA_CA_CERTS: ready.ca,
      REQUESTS_CA_BUNDLE: ready.ca,
      CURL_CA_BUNDLE: ready.ca,
    },
    asked: async () => (await control('journal')) as Asked,
    async forget() {
      await control('journal/clear', {});
    },
    control,
    async [Symbol.asyncDispose]() {
      await running.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
