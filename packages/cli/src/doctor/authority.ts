import { once } from 'node:events';
import { get } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';

import { authorities, behindProxy } from './hop.ts';
import { known, type Step } from './step.ts';
import { Unwell } from './unwell.ts';

const patience = 10_000;

export const authority: Step = {
  name: 'authority',
  async examine(about) {
    const settings = known(about.settings);
    if (settings.proxy !== undefined) return behindProxy;
    const version = settings.protocol === 'entra' ? '/v2.0' : '';
    const url = `${settings.authority.href}${version}/.well-known/openid-configuration`;
    const request = get(url, {
      ca: await authorities(settings),
      signal: AbortSignal.any([about.context.signal, AbortSignal.timeout(patience)]),
    });
    const sent = Date.now();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const told = Date.parse(response.headers.date ?? '');
    // The header counts whole seconds; the middle of the round trip is the best guess at its moment.
    if (!Number.isNaN(told)) about.skew = told + 500 - (sent + Date.now()) / 2;
    const { statusCode = 0 } = response;
    const body = (await json(response).catch(() => null)) as { token_endpoint?: unknown } | null;
    if (statusCode !== 200 || typeof body?.token_endpoint !== 'string')
      throw new Unwell(
        statusCode >= 500 || statusCode === 429 ? 'service' : 'authentication',
        `${settings.authority.href} is no authority that gives tokens (status ${statusCode}).`,
        'Check the tenant id (Entra admin center › Overview › Tenant ID), and that it lives in this cloud.',
      );
    return { verdict: 'ok', says: `${settings.authority.href} gives tokens.` };
  },
};
