import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { leaks } from '../canary.ts';
import { start } from '../processes.ts';
import { password } from './ways/by-certificate.ts';
import { signInWays } from './ways/sign-in-ways.ts';
import type { Way } from './ways/way.ts';
import { createStage } from '../stage.ts';
import { startTenant, type JournalEntry } from '../tenant.ts';
import { unpackCore } from '../packages/unpacked.ts';

const stage = createStage();
const tenant = await startTenant(stage, { users: 3 });
// Here, not in a hook: each way is a test of its own, and which there are is known only with the tenant.
const { ways, platforms } = await signInWays(tenant);
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

/** A settings file in the native form, with all that the way does not give by flag or environment. */
async function configOf({ kind, clientId, credential, config }: Way): Promise<string> {
  if (config !== undefined) return config;
  const path = join(tenant.folder, 'native.json');
  const settings = {
    authority: `${tenant.url}/${tenant.tenant}`,
    scope: 'https://graph.microsoft.com/.default',
    graph: `${tenant.url}/v1.0`,
    clientId,
    credential: credential === undefined ? undefined : { kind, ...credential },
  };
  await writeFile(path, JSON.stringify(settings), { mode: 0o600 });
  return path;
}

function isProof({ class: part, clientId }: JournalEntry): boolean {
  // The probe for a metadata service contains no identity.
  return part === 'token' || (part === 'managed-identity' && clientId !== undefined);
}

/** Requests a token and counts users with this credential, and returns the requests that the service received. */
async function signIn(way: Way) {
  await tenant.forget();
  const { env, stdin, flags = [] } = way;
  const args = ['--config', await configOf(way), '--ca', tenant.ca, ...flags];
  const run = (...command: readonly string[]) =>
    stage.run('rollcall', [...command, ...args], { env, stdin });
  // Together, because most of the time is Node's start.
  const [token, count] = await Promise.all([run('token'), run('users', 'count')]);
  const asked = await tenant.journal();
  return {
    token,
    count,
    proofs: asked.filter(isProof).map(({ status, clientId, credential, assertion }) => {
      return { status, clientId, credential, assertion };
    }),
    graph: asked.filter((entry) => entry.class === 'graph').map(({ status }) => status),
  };
}

describe.each(
  Map.groupBy(ways, ({ kind }) => kind)
    .entries()
    .toArray(),
)('%s', (_, ofKind) => {
  it.for(ofKind)('$name', async (way, { skip }) => {
    skip(way.lacks !== undefined, `needs ${way.lacks}`);
    const proof = { status: 200, assertion: undefined, ...way.seen };
    const { token, ...signedIn } = await signIn(way);
    expect(signedIn).toEqual({
      count: { code: 0, signal: null, stdout: '3\n', stderr: '' },
      proofs: [proof, proof],
      graph: [200],
    });
    expect(token).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(token.stdout)).toMatchObject({
      claims: {
        tid: tenant.tenant,
        appid: way.seen.clientId,
        // How the service says that the application proved itself: by a secret, or better.
        appidacr: way.seen.credential === 'client-secret' ? '1' : '2',
        roles: ['User.Read.All'],
      },
    });
  });
});

describe('a credential of @azure/identity, given to the packed library', () => {
  it('is asked for the token, and its users are listed', async () => {
    await using project = await unpackCore(['@azure/identity']);
    await tenant.forget();
    const program = join(project.folder, 'token-credential.mjs');
    await using running = start(program, [tenant.parameters, tenant.ca], {
      env: { NODE_EXTRA_CA_CERTS: tenant.ca },
    });
    const { code, stdout, stderr } = await running.finished;
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '3\n', stderr: '' });
    const posts = (await tenant.journal()).filter((entry) => entry.class === 'token');
    expect(posts).toMatchObject([
      {
        status: 200,
        clientId: tenant.clientId,
        credential: 'client-secret',
        userAgent: expect.stringContaining('azsdk-js-identity'),
      },
    ]);
  });
});

it('every strategy of the registry, and each of its settings, has a way of its own', async () => {
  const { code, stdout } = await stage.run('rollcall', ['config', 'schema']);
  expect(code).toBe(0);
  const schema = JSON.parse(stdout) as {
    readonly anyOf: readonly [
      {
        readonly properties: {
          readonly credential: {
            readonly oneOf: readonly {
              readonly properties: Readonly<Record<string, { readonly const?: string }>>;
            }[];
          };
        };
      },
    ];
  };
  const [native] = schema.anyOf;
  const registered = native.properties.credential.oneOf.flatMap(({ properties }) =>
    Object.keys(properties).map((key) => `${properties['kind']?.const}: ${key}`),
  );
  const tried = ways.flatMap(({ kind, credential = {} }) =>
    ['kind'].concat(Object.keys(credential)).map((key) => `${kind}: ${key}`),
  );
  expect(new Set(tried)).toEqual(new Set(registered));
});

it('never printed a secret, a key, a password or a token of a pipeline', () => {
  const { pipelines, managedIdentity } = platforms;
  const words = {
    ...tenant.secrets,
    'the password': password,
    "GitHub's token": pipelines.github.token,
    "Azure DevOps' token": pipelines.azureDevops.token,
    "App Service's header": managedIdentity.appService.header,
  };
  expect(stage.printed.length).toBeGreaterThan(80);
  expect(leaks(stage.printed, words)).toEqual([]);
});
