import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { openBox, type Box } from './box.ts';
import { missing, rollOf, runClient } from './run-client.ts';

const users = 10_000;

type File = 'parameters' | 'certificateParameters' | 'ca';

interface Client {
  readonly name: string;
  readonly file: string;
  /** A name in the ready line is the path of a file. */
  readonly args: readonly (File | (string & {}))[];
  /** How the sandbox must have seen it prove itself. */
  readonly credential: 'client-secret' | 'certificate';
  /** How many requests Graph must have had: one page is 100 users when nothing is said. */
  readonly pages: number;
}

/** Clients that we did not write, unmodified: what they say of the sandbox is a witness's word. */
const clients: readonly Client[] = [
  {
    name: 'MSAL Node with a secret',
    file: 'msal-node.ts',
    args: ['parameters', 'secret', 'known'],
    credential: 'client-secret',
    pages: 100,
  },
  {
    name: "MSAL Node with a secret, by the sandbox's own instance discovery",
    file: 'msal-node.ts',
    args: ['parameters', 'secret', 'own'],
    credential: 'client-secret',
    pages: 100,
  },
  {
    name: 'MSAL Node with a certificate known by SHA-1',
    file: 'msal-node.ts',
    args: ['certificateParameters', 'sha1', 'known'],
    credential: 'certificate',
    pages: 100,
  },
  {
    name: 'MSAL Node with a certificate known by SHA-256, chain sent',
    file: 'msal-node.ts',
    args: ['certificateParameters', 'sha256', 'known'],
    credential: 'certificate',
    pages: 100,
  },
  {
    name: 'ClientSecretCredential of @azure/identity',
    file: 'azure-identity.ts',
    args: ['parameters'],
    credential: 'client-secret',
    pages: 100,
  },
  {
    name: 'ClientCertificateCredential of @azure/identity',
    file: 'azure-identity.ts',
    args: ['certificateParameters'],
    credential: 'certificate',
    pages: 100,
  },
  {
    name: "the Graph SDK's PageIterator",
    file: 'graph-sdk.ts',
    args: ['parameters'],
    credential: 'client-secret',
    pages: 100,
  },
  {
    name: "the Graph SDK's PageIterator, 999 users a page",
    file: 'graph-sdk.ts',
    args: ['parameters', '999'],
    credential: 'client-secret',
    pages: 11,
  },
  {
    name: "MSAL Python, the quickstart's steps with a secret",
    file: 'msal_python.py',
    args: ['parameters', 'known'],
    credential: 'client-secret',
    pages: 100,
  },
  {
    name: "MSAL Python, the quickstart's steps with a thumbprint and a private key",
    file: 'msal_python.py',
    args: ['certificateParameters', 'known'],
    credential: 'certificate',
    pages: 100,
  },
  {
    name: "MSAL Python, by the sandbox's own instance discovery",
    file: 'msal_python.py',
    args: ['parameters', 'own'],
    credential: 'client-secret',
    pages: 100,
  },
  {
    name: 'curl',
    file: 'curl.sh',
    args: ['parameters', 'ca'],
    credential: 'client-secret',
    pages: 11,
  },
];

let box: Box;
beforeAll(async () => {
  box = await openBox(users);
});
afterAll(() => box[Symbol.asyncDispose]());
beforeEach(() => box.forget());

function argumentsOf(client: Client): string[] {
  const files: Readonly<Record<string, string>> = { ...box.ready };
  return client.args.map((arg) => files[arg] ?? arg);
}

describe(`${users} users, listed by a client that we did not write`, () => {
  const digests = new Set<string>();

  for (const client of clients) {
    const reason = missing(client.file.split('.').at(-1) ?? '');
    const title = reason === undefined ? client.name : `${client.name} (skipped: ${reason})`;
    it.skipIf(reason !== undefined)(title, async () => {
      const { code, stdout, stderr } = await runClient(client.file, argumentsOf(client), box.trust);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const { sha256, ...counts } = rollOf(stdout);
      expect(counts).toEqual({ count: users, distinct: users });
      digests.add(sha256);

      const asked = await box.asked();
      expect(asked.byClass).toMatchObject({ graph: client.pages, token: 1 });
      expect(asked.byStatus).toEqual({ 200: expect.any(Number) });
      expect(asked.entries.find((entry) => entry.class === 'token')?.credential).toBe(
        client.credential,
      );
    });
  }

  it('and all saw the same people', () => {
    expect(digests.size).toBe(1);
  });
});
