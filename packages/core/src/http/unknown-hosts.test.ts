import { describe, expect, it } from 'vitest';

import { exitCodeOf, exitCodes } from '../errors/exit-codes.ts';
import { NetworkError } from '../errors/network-error.ts';
import { ProxyError } from '../errors/proxy-error.ts';
import type { Dispatch } from '../ports.ts';
import { Secret } from '../secret.ts';
import { openFake } from '../testing/open-fake.ts';
import { type NamedHosts, reportUnknownHosts } from './unknown-hosts.ts';

const named: NamedHosts = {
  graph: new URL('https://graph.exmaple/v1.0'),
  authority: new URL('https://login.exmaple/contoso'),
  proxy: new Secret('http://user:password@proxy.exmaple:3128'),
  sources: new Map([
    ['graph', 'settings.json:3:12'],
    ['authority', '--authority'],
    ['proxy', 'HTTPS_PROXY'],
  ]),
};

function unknown(host: string, reason = 'ENOTFOUND'): Dispatch {
  return async () => {
    throw host.startsWith('proxy')
      ? new ProxyError({ host, port: 3128 }, reason, { retryable: true })
      : new NetworkError({ host, port: 443 }, reason);
  };
}

const dnsWorks = () => Promise.resolve(true);
const dnsIsOut = () => Promise.resolve(false);

const ask = (dispatch: Dispatch, host: string) =>
  dispatch({ method: 'GET', url: new URL(`https://${host}/`), headers: {} });

describe('faults A2 row 17: an unknown host', () => {
  it.each([
    ['graph', 'graph.exmaple', 'settings.json:3:12'],
    ['authority', 'login.exmaple', '--authority'],
    ['proxy', 'proxy.exmaple', 'HTTPS_PROXY'],
  ])('that the setting %s contains is a problem of that setting', async (path, host, source) => {
    const failure: unknown = await ask(
      reportUnknownHosts(unknown(host), named, dnsWorks),
      host,
    ).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'E_SETTINGS',
      category: 'usage',
      retryable: false,
      issues: [{ path, source, message: `the host ${host} does not exist` }],
      remedy: { code: 'check-host-name' },
    });
    expect(String(failure)).not.toContain('password');
  });

  it.each([
    ['is the cloud’s own', 'graph.microsoft.com', 'ENOTFOUND'],
    ['is one more authority of the cloud', 'login.windows.net', 'ENOTFOUND'],
    ['is only busy', 'graph.exmaple', 'EAI_AGAIN'],
  ])('but %s is the network’s', async (_, host, reason) => {
    const hosts = {
      graph: new URL(host === 'graph.exmaple' ? `https://${host}` : 'https://graph.microsoft.com'),
      authority: new URL('https://login.windows.net/contoso'),
    };
    const dispatch = reportUnknownHosts(unknown(host, reason), hosts, dnsWorks);
    await expect(ask(dispatch, host)).rejects.toMatchObject({ code: 'E_NETWORK', reason });
  });

  it.each(['graph.exmaple', 'proxy.exmaple'])(
    'has been heard of once it has answered: %s',
    async (host) => {
      let found = true;
      const dispatch = reportUnknownHosts(
        (request) =>
          found
            ? Promise.resolve({ status: 200, headers: {}, body: new Uint8Array() })
            : unknown(host)(request),
        named,
        dnsWorks,
      );
      await ask(dispatch, 'graph.exmaple');
      found = false;
      await expect(ask(dispatch, 'graph.exmaple')).rejects.toMatchObject({ category: 'service' });
    },
  );

  it.each([
    ['graph', 'graph.exmaple', 'E_NETWORK'],
    ['authority', 'login.exmaple', 'E_NETWORK'],
    ['proxy', 'proxy.exmaple', 'E_PROXY'],
  ])('of the setting %s is an outage when DNS knows no host at all', async (_, host, code) => {
    const failure = ask(reportUnknownHosts(unknown(host), named, dnsIsOut), host);
    await expect(failure).rejects.toMatchObject({
      code,
      category: 'service',
      retryable: true,
      remedy: { code: 'check-host-name' },
    });
    await expect(failure).rejects.toThrow(
      `DNS lookup failed for ${code === 'E_PROXY' ? 'the proxy ' : ''}${host}:`,
    );
  });

  it('is retried in an outage of DNS, and the exit code is that of the network', async () => {
    const { directory, graph } = await openFake({
      users: 1,
      canResolve: dnsIsOut,
      intervene: () => new NetworkError({ host: 'graph.example', port: 443 }, 'ENOTFOUND'),
    });
    const failure: unknown = await directory.users.count().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'E_NETWORK' });
    expect(exitCodeOf(failure)).toBe(exitCodes.service);
    expect(graph.requests).toHaveLength(4);
  });

  it('is asked once when the settings name it', async () => {
    const { directory, graph } = await openFake({
      users: 1,
      canResolve: dnsWorks,
      intervene: () => new NetworkError({ host: 'graph.example', port: 443 }, 'ENOTFOUND'),
    });
    await expect(directory.users.count()).rejects.toMatchObject({ code: 'E_SETTINGS' });
    expect(graph.requests).toHaveLength(1);
  });
});
