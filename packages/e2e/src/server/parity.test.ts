import { readFile } from 'node:fs/promises';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startServing, type Serving } from '../serving.ts';
import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const page = new URL('../../../../docs/reference/parity.md', import.meta.url);
const stage = createStage();
let tenant: Tenant;
let serving: Serving;
let ca: string;
let token: string;
let anId: string;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

interface Headers {
  readonly [name: string]: string;
}

async function send(url: URL, options: RequestOptions, body?: string): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpsRequest(url, { ca, ...options }, resolve)
      .on('error', reject)
      .end(body);
  });
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += String(part);
  return { status: response.statusCode ?? 0, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What a client can rely on: addresses and page tokens differ, and an error is its code. */
function comparable({ status, body }: Answer): unknown {
  const error = (body as { readonly error?: { readonly code: string } } | null)?.error;
  if (error !== undefined) return { status, code: error.code };
  const text = JSON.stringify(body, (name, value: unknown) =>
    name.startsWith('@odata.') && typeof value === 'string'
      ? value.replace(/^https?:\/\/[^/]+/u, '').replace(/\?.*/u, '')
      : value,
  );
  return { status, body: parsed(text) };
}

beforeAll(async () => {
  tenant = await startTenant(stage, { users: 250 });
  serving = await startServing(stage, tenant.flags);
  ca = await readFile(tenant.ca, 'utf8');
  const settings = JSON.parse(await readFile(tenant.parameters, 'utf8')) as Record<string, string>;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: settings['client_id'] ?? '',
    client_secret: settings['secret'] ?? '',
    scope: 'https://graph.microsoft.com/.default',
  });
  const { body } = await send(
    new URL(`${settings['authority']}/oauth2/v2.0/token`),
    { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    form.toString(),
  );
  token = (body as Record<string, string>)['access_token'] ?? '';
  const first = await direct('/users?$top=1&$select=id', {});
  anId = (first.body as { readonly value: readonly { readonly id: string }[] }).value[0]?.id ?? '';
});
afterAll(async () => {
  await serving[Symbol.asyncDispose]();
  await tenant[Symbol.asyncDispose]();
});

const pathOf = (path: string): string =>
  encodeURI(path.startsWith('/beta') ? path : `/v1.0${path}`).replaceAll('#', '%23');

async function direct(path: string, headers: Headers): Promise<Answer> {
  const url = new URL(pathOf(path), tenant.url);
  return send(url, { headers: { ...headers, authorization: `Bearer ${token}` } });
}

async function through(path: string, headers: Headers): Promise<Answer> {
  const response = await fetch(new URL(pathOf(path), serving.url), {
    headers: { ...headers, 'cache-control': 'no-cache' },
  });
  return { status: response.status, body: parsed(await response.text()) };
}

async function both(path: string, headers: Headers): Promise<readonly [unknown, unknown]> {
  const named = path.replaceAll('{id}', anId);
  const answers = await Promise.all([direct(named, headers), through(named, headers)]);
  return [comparable(answers[0]), comparable(answers[1])];
}

/** The same value, with the keys of its objects in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => one.localeCompare(other));
  return Object.fromEntries(entries.map(([name, each]) => [name, sorted(each)]));
}

/** The server rejects an invalid query before it is sent, with a code of its own. */
function withoutCode(answer: unknown): unknown {
  return { ...(answer as object), code: undefined };
}

const eventual = { ConsistencyLevel: 'eventual' };

describe('the table of parity', () => {
  const rows = [
    ...readFileSync(page, 'utf8').matchAll(
      /^\| (?<behaviour>[^|]+) \| (?<verdict>same|different|not served) \| `(?<path>[^`]+)`(?<advanced> with `ConsistencyLevel: eventual`)? \|$/gmu,
    ),
  ].map(({ groups = {} }) => groups);

  it('is read', () => {
    expect(rows.length).toBeGreaterThan(20);
  });

  it.each(rows)('$behaviour: $verdict', async ({ path = '', verdict, advanced }) => {
    const [graph, server] = await both(path, advanced === undefined ? {} : eventual);
    const isSame = JSON.stringify(sorted(server)) === JSON.stringify(sorted(graph));
    const { status } = server as { readonly status: number };
    const found = isSame ? 'same' : status === 404 ? 'not served' : 'different';
    expect([found, server]).toEqual([verdict, verdict === 'same' ? graph : server]);
  });
});

it('200 combinations of options have the same response', { timeout: 120_000 }, async () => {
  const selections = ['', 'id', 'id,displayName,mail', 'ID,ACCOUNTENABLED', 'businessPhones,id'];
  const filters = [
    '',
    'accountEnabled eq true',
    "startsWith(displayName,'B')",
    "userType eq 'Guest' and accountEnabled eq true",
    "mail in ('missing@contoso.example')",
    "department ne 'Sales'",
    'unknown eq 1',
    "displayName eq 'O''Brien'",
  ];
  const orders = ['', 'displayName', 'userPrincipalName', 'displayName desc', 'jobTitle'];
  const paths = selections.flatMap((select) =>
    filters.flatMap((filter) =>
      orders.map((orderby) => {
        const options = {
          $select: select,
          $filter: filter,
          $orderby: orderby,
          $count: 'true',
          $top: '7',
        };
        const query = Object.entries(options).filter(([, value]) => value !== '');
        return `/users?${query.map(([name, value]) => `${name}=${value}`).join('&')}`;
      }),
    ),
  );
  expect(paths).toHaveLength(200);
  const different: unknown[] = [];
  for (const path of paths) {
    const [graph, server] = (await both(path, eventual)).map(withoutCode);
    if (JSON.stringify(graph) !== JSON.stringify(server))
      different.push([
        path,
        JSON.stringify(graph).slice(0, 200),
        JSON.stringify(server).slice(0, 200),
      ]);
  }
  expect(different).toEqual([]);
});
