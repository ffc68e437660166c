import { SettingsError } from '@rollcall/core';
import { expect, it } from 'vitest';

import { refuseUnsafeEnvironment, type Environment } from './unsafe-environment.ts';

function issuesOf(environment: Partial<Environment>): readonly (string | undefined)[] {
  try {
    refuseUnsafeEnvironment({ env: {}, execArgv: [], ...environment });
  } catch (error) {
    if (error instanceof SettingsError) return error.issues.map(({ source }) => source);
    throw error;
  }
  return [];
}

it.each([
  ['--inspect'],
  ['--inspect=0.0.0.0:9229'],
  ['--inspect-brk'],
  ['--tls-keylog=/tmp/keys'],
  ['--trace-tls'],
  ['--tls-min-v1.0'],
  ['--tls-min-v1.1'],
  ['--insecure-http-parser'],
  ['--insecure_http_parser'],
])('refuses %s, as an argument and in NODE_OPTIONS', (option) => {
  expect(issuesOf({ execArgv: ['--enable-source-maps', option] })).toEqual([option.split('=')[0]]);
  expect(issuesOf({ env: { NODE_OPTIONS: `--max-old-space-size=512 ${option}` } })).toEqual([
    'NODE_OPTIONS',
  ]);
  expect(issuesOf({ env: { NODE_OPTIONS: `"${option}"` } })).toEqual(['NODE_OPTIONS']);
});

it.each(['net', 'NET', 'tls,net', 'undici', 'fetch', '*', 'un*', 'timer, net'])(
  'refuses NODE_DEBUG=%s',
  (parts) => {
    expect(issuesOf({ env: { NODE_DEBUG: parts } })).toEqual(['NODE_DEBUG']);
  },
);

it('reports every problem at once, with what to do', () => {
  const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_DEBUG: 'net', NODE_OPTIONS: '--inspect' };
  expect(issuesOf({ env, execArgv: ['--trace-tls'] })).toEqual([
    'NODE_TLS_REJECT_UNAUTHORIZED',
    'NODE_DEBUG',
    '--trace-tls',
    'NODE_OPTIONS',
  ]);
});

it.each<Partial<Environment>>([
  { execArgv: ['--enable-source-maps', '--max-old-space-size=300', '--conditions=x'] },
  { env: { NODE_OPTIONS: '--import @opentelemetry/auto-instrumentations-node/register' } },
  { env: { NODE_DEBUG: 'timer,http,cluster*', NODE_TLS_REJECT_UNAUTHORIZED: '1' } },
  { env: { NODE_OPTIONS: '', NODE_DEBUG: '' }, execArgv: ['--tls-min-v1.3'] },
])('accepts %j', (environment) => {
  expect(issuesOf(environment)).toEqual([]);
});
