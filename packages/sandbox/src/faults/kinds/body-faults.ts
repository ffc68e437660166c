import type { Answer } from '../../http/handler.ts';
import type { FaultKind } from '../fault.ts';

function withBody(answer: Answer, body: string | Buffer): Answer {
  return { ...answer, body };
}

function withType(answer: Answer, type: string | undefined): Answer {
  const headers = Object.fromEntries(
    Object.entries(answer.headers).filter(([name]) => name.toLowerCase() !== 'content-type'),
  );
  return {
    ...answer,
    headers: type === undefined ? headers : { ...headers, 'content-type': type },
  };
}

const text = (answer: Answer): string => String(answer.body ?? '');

/** Bodies that arrive whole but are not what they should be. */
export const bodyFaults = {
  'truncated-json': {
    about: 'The first half of the JSON, properly framed',
    on: 'graph',
    takes: [],
    rewrite: (answer) => withBody(answer, text(answer).slice(0, text(answer).length / 2)),
  },
  'empty-body': {
    about: '200 with no body',
    on: 'any',
    takes: [],
    rewrite: (answer) => withBody(answer, ''),
  },
  'not-json': {
    about: '200 with a sign-in page',
    on: 'any',
    takes: [],
    rewrite: (answer) =>
      withBody(withType(answer, 'text/html'), '<!DOCTYPE html><title>Sign in to the Wi-Fi</title>'),
  },
  'wrong-content-type': {
    about:
      'Valid JSON under another type (contentType, text/html by default; "none" for no header)',
    on: 'any',
    takes: ['contentType'],
    rewrite: (answer, { parameters: { contentType = 'text/html' } }) =>
      withType(answer, contentType === 'none' ? undefined : contentType),
  },
  bom: {
    about: 'A byte order mark before the JSON',
    on: 'graph',
    takes: [],
    rewrite: (answer) => withBody(answer, `\uFEFF${text(answer)}`),
  },
  'invalid-utf8': {
    about: 'Invalid UTF-8 inside a string',
    on: 'graph',
    takes: [],
    rewrite: (answer) => {
      const whole = Buffer.from(text(answer));
      const at = whole.lastIndexOf('"');
      if (at < 0) return undefined;
      return withBody(
        answer,
        Buffer.concat([whole.subarray(0, at), Buffer.from([0xff]), whole.subarray(at)]),
      );
    },
  },
  'huge-body': {
    about: 'A valid page with some megabytes (100) of white space in it',
    on: 'graph',
    takes: ['megabytes'],
    rewrite: (answer, { parameters: { megabytes = 100 } }) => {
      const whole = text(answer);
      const padding = Buffer.alloc(megabytes * 1024 * 1024, ' ');
      return withBody(
        answer,
        Buffer.concat([Buffer.from(whole.slice(0, 1)), padding, Buffer.from(whole.slice(1))]),
      );
    },
  },
  'deep-json': {
    about: 'JSON nested 5 million deep (count)',
    on: 'graph',
    takes: ['count'],
    rewrite: (answer, { parameters: { count = 5_000_000 } }) =>
      withBody(answer, `{"value":${'['.repeat(count)}${']'.repeat(count)}}`),
  },
  'many-items': {
    about: 'A page of 10 million empty objects (count)',
    on: 'graph',
    takes: ['count'],
    rewrite: (answer, { parameters: { count = 10_000_000 } }) =>
      withBody(answer, `{"value":[${'{},'.repeat(count - 1)}{}]}`),
  },
  'duplicate-keys': {
    about: 'A second, empty "value" after the first one',
    on: 'graph',
    takes: [],
    rewrite: (answer) => {
      const whole = text(answer);
      return whole.endsWith('}')
        ? withBody(answer, `${whole.slice(0, -1)},"value":[]}`)
        : undefined;
    },
  },
} as const satisfies Record<string, FaultKind>;
