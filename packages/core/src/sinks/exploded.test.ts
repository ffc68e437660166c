import { describe, expect, it } from 'vitest';

import { type FormatName, formats } from './formats.ts';
import type { SinkOptions } from './sink.ts';

const users = [
  { id: '1', proxyAddresses: ['SMTP:a@x', 'smtp:b@x'], assignedLicenses: [{ skuId: 'E5' }] },
  { id: '2', proxyAddresses: [], assignedLicenses: [] },
  { id: '3', proxyAddresses: null },
] as never[];

function written(format: FormatName, options: SinkOptions): string {
  const sink = formats[format].createSink(options);
  return sink.head() + [...sink.page(users)].join('') + sink.tail();
}

describe('explode', () => {
  it('writes a row for each element, and one for a user without any', () => {
    const columns = ['id', 'proxyAddresses'];
    expect(written('csv', { columns, explode: 'PROXYADDRESSES' })).toBe(
      'id,proxyAddresses\r\n1,SMTP:a@x\r\n1,smtp:b@x\r\n2,\r\n3,\r\n',
    );
  });

  it('writes an object for each element in JSON formats, which never pass users through then', () => {
    const lines = written('ndjson', { explode: 'proxyAddresses' }).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { id: '1', proxyAddresses: 'SMTP:a@x' },
      { id: '1', proxyAddresses: 'smtp:b@x' },
      { id: '2', proxyAddresses: null },
      { id: '3', proxyAddresses: null },
    ]);
    expect(formats.ndjson.createSink({ explode: 'proxyAddresses' })).not.toHaveProperty('json');
  });

  it('gives columns and expressions the element', () => {
    const columns = ['id', 'assignedLicenses.skuId'];
    expect(written('tsv', { columns, explode: 'assignedLicenses', header: false })).toBe(
      '1\tE5\n2\t\n3\t\n',
    );
    const query = '{id: id, address: proxyAddresses}';
    expect(written('csv', { query, explode: 'proxyAddresses' })).toContain('1,smtp:b@x\r\n');
  });
});

describe('delimiter', () => {
  const columns = ['id', 'displayName', 'city'];
  const named = [{ id: '1', displayName: 'a;b|c', city: 'x,y' }];

  it.each([
    [';', '1;"a;b|c";"x,y"'],
    ['|', '1|"a;b|c"|"x,y"'],
    ['\t', '1\t"a;b|c"\t"x,y"'],
  ])('is %j, and cells that contain it are quoted', (delimiter, row) => {
    const sink = formats.csv.createSink({ columns, delimiter, header: false });
    expect([...sink.page(named)]).toEqual([`${row}\r\n`]);
  });

  it.each(['', ';;', '"', '\n', '\r', 'a', '='])('is refused: %j', (delimiter) => {
    expect(() => formats.csv.createSink({ columns, delimiter })).toThrow('delimiter');
  });
});
