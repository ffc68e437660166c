import { describe, expect, it } from 'vitest';

import { isGuid, parseGuid, resemblesGuid } from './guid.ts';

const guid = 'c1f1a3f6-7b63-4a8e-9b7f-3f1c1c1d7a10';

describe('a GUID', () => {
  it.each([guid, guid.toUpperCase()])('is recognized: %s', (text) => {
    expect(isGuid(text)).toBe(true);
  });

  it.each(['', `{${guid}}`, ` ${guid}`, guid.slice(1), `${guid}0`, guid.replace('c', 'g')])(
    'is not recognized in %j',
    (text) => {
      expect(isGuid(text)).toBe(false);
    },
  );

  it.each([` ${guid}\n`, `{${guid.toUpperCase()}}`, `(${guid})`, `"${guid}"`, `'{${guid}}'`])(
    'is parsed from %j',
    (text) => {
      expect(parseGuid(text)).toBe(guid);
    },
  );

  it.each([guid.slice(1), `${guid}0`, guid.replace('c', 'O')])('resembles %s', (text) => {
    expect(parseGuid(text)).toBeUndefined();
    expect(resemblesGuid(text)).toBe(true);
  });

  it.each([guid, 'contoso.onmicrosoft.com', 'a~secret-value-of-forty-characters-12345'])(
    'does not resemble %s',
    (text) => {
      expect(resemblesGuid(text)).toBe(false);
    },
  );
});
