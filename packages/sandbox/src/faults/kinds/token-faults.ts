import { createHash } from 'node:crypto';

import type { Answer } from '../../http/handler.ts';
import { refusalAnswer } from '../../identity/refusal/refusal-answer.ts';
import {
  refusalKinds,
  TokenRefusal,
  type RefusalName,
} from '../../identity/refusal/token-refusal.ts';
import type { FaultContext, FaultKind } from '../fault.ts';

const graphAppId = '00000003-0000-0000-c000-000000000000';

function challenge(claims: string, scheme = 'Bearer'): string {
  return `${scheme} realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="${graphAppId}", errorDescription="Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp", error="insufficient_claims", claims="${claims}"`;
}

const pop = `PoP realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="e30="`;

/** The forms a 401 may take: as documented, and as clients must survive it. */
const challengeForms: Readonly<Record<string, (good: string) => string | string[]>> = {
  plain: (good) => challenge(good),
  malformed: () => challenge('not base64!'),
  'not-an-object': () => challenge(Buffer.from('[1]').toString('base64')),
  huge: () => challenge(Buffer.alloc(9_000, '{').toString('base64')),
  'pop-first': (good) => `${pop}, ${challenge(good)}`,
  'two-headers': (good) => [pop, challenge(good)],
  none: () => `Bearer realm="", client_id="${graphAppId}"`,
};

/** Whether a token is one of a share of all tokens: it is the same each time. */
function isOfShare(authorization: string, share: number): boolean {
  return createHash('sha256').update(authorization).digest().readUInt32BE() / 2 ** 32 < share;
}

const rejected = ({ call, now }: FaultContext): Answer => ({
  status: 401,
  headers: {
    'content-type': 'application/json',
    'www-authenticate': String(challengeForms['none']?.('')),
  },
  body: JSON.stringify({
    error: {
      code: 'InvalidAuthenticationToken',
      message: 'Lifetime validation failed, the token is expired.',
      innerError: { date: now.toISOString().slice(0, 19), 'request-id': call.requestId },
    },
  }),
});

/** What goes wrong with tokens, at the endpoint that issues them and at the API that takes them. */
export const tokenFaults = {
  unauthorized: {
    about: '401 InvalidAuthenticationToken to a good token',
    on: 'graph',
    takes: [],
    instead: rejected,
  },
  'some-tokens-rejected': {
    about:
      '401 InvalidAuthenticationToken to a share of all tokens (share, 0.02), at every request',
    on: 'graph',
    takes: ['share'],
    instead: (context) => {
      const { authorization } = context.call.headers;
      const { share = 0.02 } = context.parameters;
      return authorization !== undefined && isOfShare(authorization, share)
        ? rejected(context)
        : undefined;
    },
  },
  'claims-challenge': {
    about:
      '401 with a claims challenge (form: plain, malformed, not-an-object, huge, pop-first, two-headers)',
    on: 'graph',
    takes: ['form'],
    choices: { form: Object.keys(challengeForms) },
    instead: ({ call, now, parameters: { form = 'plain' } }) => {
      const seconds = Math.floor(now.getTime() / 1000);
      const good = Buffer.from(
        JSON.stringify({ access_token: { nbf: { essential: true, value: String(seconds) } } }),
      ).toString('base64');
      return {
        status: 401,
        headers: {
          'content-type': 'application/json',
          'www-authenticate': (challengeForms[form] ?? challenge)(good),
        },
        body: JSON.stringify({
          error: {
            code: 'InvalidAuthenticationToken',
            message:
              'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp',
            innerError: { date: now.toISOString().slice(0, 19), 'request-id': call.requestId },
          },
        }),
      };
    },
  },
  'token-fields': {
    about:
      'Fields of the token reply replaced (fields; null removes one; no access_token by default)',
    on: 'token',
    takes: ['fields'],
    rewrite: (answer, { parameters: { fields = { access_token: null } } }) => {
      if (answer.status !== 200) return undefined;
      const reply = { ...(JSON.parse(String(answer.body)) as object), ...fields };
      const kept = Object.entries(reply).filter(([, value]) => value !== null);
      return { ...answer, body: JSON.stringify(Object.fromEntries(kept)) };
    },
  },
  'token-refused': {
    about: "One of Entra's refusals (reason: wrongSecret, expiredSecret, unknownApplication …)",
    on: 'token',
    takes: ['reason'],
    choices: { reason: Object.keys(refusalKinds) },
    instead: ({ call, now, parameters: { reason = 'expiredSecret' } }) => {
      const form = new URLSearchParams(call.body.toString('utf8'));
      const name = Object.hasOwn(refusalKinds, reason) ? (reason as RefusalName) : 'expiredSecret';
      const facts = { app: form.get('client_id') ?? '', scope: form.get('scope') ?? '' };
      return refusalAnswer(new TokenRefusal(name, facts), call, now);
    },
  },
  'expired-page-token': {
    about: '400 Directory_ExpiredPageToken to a page after the first; 410 to a delta token',
    on: 'graph',
    takes: [],
    instead: ({ call, now, places }) => {
      if (!/token=/iu.test(call.url.search)) return undefined;
      const isDelta = call.url.pathname.endsWith('/delta');
      return {
        status: isDelta ? 410 : 400,
        headers: {
          'content-type': 'application/json',
          ...(isDelta ? { location: `${places.origin}/v1.0/users/delta?$deltatoken=` } : {}),
        },
        body: JSON.stringify({
          error: {
            code: isDelta ? 'syncStateNotFound' : 'Directory_ExpiredPageToken',
            message: isDelta
              ? "Resync required. Replace any local items with the server's version."
              : 'The specified page token value has expired and can no longer be included in your request.',
            innerError: { date: now.toISOString().slice(0, 19), 'request-id': call.requestId },
          },
        }),
      };
    },
  },
  'clock-skew': {
    about: 'The Date header is wrong by some seconds (600)',
    on: 'any',
    takes: ['seconds'],
    rewrite: (answer, { now, parameters: { seconds = 600 } }) => ({
      ...answer,
      headers: { ...answer.headers, date: new Date(now.getTime() + seconds * 1000).toUTCString() },
    }),
  },
} as const satisfies Record<string, FaultKind>;
