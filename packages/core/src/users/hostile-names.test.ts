import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';

import { odataLiteral } from '../query/odata.ts';
import { type FormatName, formats } from '../sinks/formats.ts';
import { fakeId, type Turn } from '../testing/fake-graph.ts';
import { openFake } from '../testing/open-fake.ts';

/** What people are called, or might be. */
const names = [
  "O'Brien",
  "O''Brien",
  "'",
  "''",
  "'; drop table users; --",
  "' or 1 eq 1 or '",
  "') or startswith(displayName,'",
  '%_\\',
  '%',
  '_%',
  '%27',
  '&$filter=a&$top=1',
  '#+?/;:@=',
  '"; delete from tokens; "',
  '\\"\\',
  '$(reboot) `reboot` ${reboot}',
  '{"id":"x"}',
  '*?[a-z]',
  'a, "b"\r\nc\td;e|f',
  '王 or \u2019; drop\u2028table',
] as const;

const people = names.map((displayName, at) => ({ id: fakeId(at), displayName }));

/** Reads a comparison as OData does, and not with our code: quotes are doubled inside a literal, and one ends it. */
function answer(url: URL): Turn {
  const filter = url.searchParams.get('$filter');
  const shown = (found: typeof people): Turn => ({
    body: url.pathname.endsWith('$count') ? found.length : { value: found },
  });
  if (filter === null) return shown(people);
  const wanted = /^displayName eq '((?:[^']|'')*)'$/su.exec(filter)?.[1]?.replaceAll("''", "'");
  if (wanted === undefined) return { status: 400, body: { error: { code: 'BadRequest' } } };
  return shown(people.filter(({ displayName }) => displayName === wanted));
}

const { directory, graph } = await openFake({
  users: 0,
  intervene: ({ url }) => answer(url),
});

describe('a name that looks like a command', () => {
  it.each(names)('faults A9 row 91: %j finds its own user and no other', async (name) => {
    const filter = `displayName eq ${odataLiteral(name)}`;
    const found = [];
    for await (const user of directory.users.list({ select: ['displayName'], filter }))
      found.push(user);
    expect(found).toEqual(people.filter(({ displayName }) => displayName === name));
    expect(await directory.users.count({ filter })).toBe(1);
    const { searchParams } = graph.pageRequests().at(-1)!.url;
    expect([...searchParams.keys()]).toEqual(['$top', '$select', '$filter']);
  });

  it.each(['ndjson', 'json', 'csv', 'tsv'] satisfies FormatName[])(
    'faults A9 row 91: comes through %s as it is',
    async (format) => {
      const sink = formats[format].createSink({ columns: ['id', 'displayName'], raw: true });
      let text = sink.head();
      for await (const page of directory.users.list({ select: ['displayName'] }).pages())
        text += [...sink.page(page.items)].join('');
      text += sink.tail();
      const read = {
        ndjson: () =>
          text
            .trimEnd()
            .split(/\n/u)
            .map((line) => JSON.parse(line) as unknown),
        json: () => JSON.parse(text) as unknown,
        csv: () => parse(text, { columns: true }),
        tsv: () => parse(text, { columns: true, delimiter: '\t' }),
      }[format];
      expect(read()).toEqual(people);
    },
  );
});
