import { describe, expect, it } from 'vitest';

import { TokenRefusedError } from '../../errors/token-refused-error.ts';
import { createFakePlatform, tenant, clientId } from '../testing/fake-platform.ts';
import { tokenErrorOf } from './token-error-of.ts';

const trailer =
  'Trace ID: 11111111-0000-0000-0000-000000000000 Correlation ID: 22222222-0000-0000-0000-000000000000 Timestamp: 2026-11-22 09:03:41Z';

function refusal(status: number, body: unknown) {
  return tokenErrorOf(
    { status, headers: {}, body: new Uint8Array() },
    body,
    createFakePlatform().context,
  );
}

function answer(error: string, number: number, text: string, separator = ' ') {
  return {
    error,
    error_description: `AADSTS${number}: ${text}${separator}${trailer.replaceAll(/ (?=Corr|Time)/gu, separator)}`,
    error_codes: [number],
    trace_id: '11111111-0000-0000-0000-000000000000',
    correlation_id: '22222222-0000-0000-0000-000000000000',
  };
}

describe('an error of the token endpoint', () => {
  it.each([' ', '\r\n'])(
    'says status, error and sentence, without the trailer after %j',
    (separator) => {
      const error = refusal(
        401,
        answer('invalid_client', 7000215, 'Invalid client secret provided.', separator),
      );
      expect(error).toBeInstanceOf(TokenRefusedError);
      expect(error).toMatchObject({
        code: 'E_TOKEN_REFUSED',
        category: 'authentication',
        retryable: false,
        message: 'Sign-in failed (401 invalid_client). Invalid client secret provided.',
        requestId: '11111111-0000-0000-0000-000000000000',
        clientRequestId: '22222222-0000-0000-0000-000000000000',
        status: 401,
        error: 'invalid_client',
        aadsts: 7000215,
      });
      expect(error.hint).toContain('not its Secret ID');
    },
  );

  it('faults A5 row 51: the AADSTS code changes only the hint', () => {
    const known = refusal(401, answer('invalid_client', 7000222, 'x'));
    const unknown = refusal(401, answer('invalid_client', 1234567, 'x'));
    const none = refusal(401, { error: 'invalid_client' });
    for (const error of [known, unknown, none])
      expect(error).toMatchObject({ code: 'E_TOKEN_REFUSED', retryable: false });
    expect(known.hint).toContain('Create a new client secret');
    expect(unknown.hint).toBe(none.hint);
    expect(none.hint).toContain('Certificates & secrets');
  });

  it.each([
    [400, 'unauthorized_client', 700016, clientId],
    [400, 'invalid_request', 90002, tenant],
    [400, 'invalid_scope', 1002012, '/.default'],
    [400, 'invalid_resource', 500011, 'login.microsoftonline.com'],
    [401, 'invalid_client', 700027, 'fingerprint'],
    [401, 'invalid_client', 700024, 'clock'],
    [400, 'invalid_request', 70021, 'subject'],
    [400, 'unauthorized_client', 7000229, `/${tenant}/adminconsent?client_id=${clientId}`],
    [400, 'invalid_request', 9002313, 'invisible characters'],
    [400, 'invalid_request', 900144, 'proxy'],
    [401, 'invalid_client', 7000216, 'no credential'],
    [400, 'unauthorized_client', 700038, 'Application (client) ID'],
    [400, 'invalid_resource', 500014, 'enabled in tenant'],
    [401, 'invalid_client', 700023, 'login.microsoftonline.com'],
  ])('faults A5 row 51: %d %s %d has a hint with %s', (status, error, number, named) => {
    expect(refusal(status, answer(error, number, 'x')).hint).toContain(named);
  });

  it.each([
    [429, undefined, 'E_THROTTLED', true],
    [429, { error: 'temporarily_unavailable' }, 'E_THROTTLED', true],
    [503, undefined, 'E_UNAVAILABLE', true],
    [500, { error: 'server_error' }, 'E_UNAVAILABLE', true],
    [400, { error: 'temporarily_unavailable' }, 'E_UNAVAILABLE', true],
    [403, undefined, 'E_UNAVAILABLE', false],
  ])(
    'faults A5 row 49: %d with body %j is neither a token nor an error',
    (status, body, code, retryable) => {
      expect(refusal(status, body)).toMatchObject({ code, category: 'service', status, retryable });
    },
  );

  it('faults A2 row 31: a redirect is rejected', () => {
    expect(refusal(307, undefined)).toMatchObject({ code: 'E_REDIRECT', category: 'integrity' });
  });

  it('truncates a long description between words', () => {
    const text = Array.from({ length: 100 }, (_, at) => `word${at}`).join(' ');
    const { message } = refusal(400, answer('invalid_request', 90002, text));
    expect(message).toMatch(/ word0 .* word\d+ …$/u);
    expect(text).toContain(message.slice(message.indexOf('word0'), -' …'.length));
    expect(message.length).toBeLessThan(400);
    const short = refusal(400, answer('invalid_request', 90002, text.slice(0, 300)));
    expect(short.message).toContain(text.slice(0, 300));
  });

  it('escapes control characters in the description', () => {
    const error = refusal(400, { error: 'invalid_request', error_description: 'a\u001B[2Jb\nc' });
    expect(error.message).toBe('Sign-in failed (400 invalid_request). a\\u001b[2Jb c');
  });
});

describe('faults A5 row 53', () => {
  it('reports the clock skew when an assertion is rejected', () => {
    const headers = { date: 'Sun, 22 Nov 2026 11:50:00 GMT' };
    const body = answer('invalid_client', 700024, 'x');
    const { context } = createFakePlatform();
    const error = tokenErrorOf({ status: 401, headers, body: new Uint8Array() }, body, context);
    expect(error.hint).toContain('10 min ahead of');
  });
});
