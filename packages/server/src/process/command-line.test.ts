import { describe, expect, it } from 'vitest';

import { readCommandLine } from './command-line.ts';

const read = async (...argv: string[]) => readCommandLine(argv, '1.2.3');

describe('the command line', () => {
  it('has defaults for all of it', async () => {
    expect(await read()).toMatchObject({
      kind: 'serve',
      host: '127.0.0.1',
      port: 8080,
      allowedHosts: [],
      logLevel: 'info',
    });
  });

  it('passes settings on as text, with any content', async () => {
    const asked = await read(
      '--tenant',
      '007',
      '--client-id=1e3',
      '--port',
      '0',
      '--ca',
      './a.b',
      '--allow-host',
      'a',
      '--allow-host',
      'b',
    );
    expect(asked).toMatchObject({
      port: 0,
      allowedHosts: ['a', 'b'],
      flags: { tenant: '007', 'client-id': '1e3', ca: './a.b' },
    });
  });

  it.each([
    [['--port', '70000'], '--port'],
    [['--port', 'http'], '--port'],
    [['--tls-cert', 'a.pem'], '--tls-key'],
    [['--tls-key', 'a.key'], '--tls-cert'],
    [['--public-url', 'https://a', '--public-url', 'https://b'], '--public-url'],
    [['--port', '1', '--port', '2'], '--port'],
    [['--tenent', 'x'], 'tenent'],
    [['users'], 'non-option'],
    [['--log-level', 'loud'], 'log-level'],
    [['--log-level', 'info', '--log-level', 'warn'], 'log-level'],
    [['--config'], 'config'],
  ])('refuses %j', async (argv, named) => {
    const asked = await read(...argv);
    expect(asked).toMatchObject({ kind: 'refuse', text: expect.stringContaining(named) as string });
  });

  it('tells its version and its help, and hides what it refuses', async () => {
    expect(await read('--version')).toEqual({ kind: 'tell', text: '1.2.3\n' });
    const help = await read('--help');
    expect(help).toMatchObject({
      kind: 'tell',
      text: expect.stringContaining('--env-file') as string,
    });
    expect(JSON.stringify(help)).not.toContain('--client-secret');
  });

  it('knows the flags that settings refuse, so that they can say why', async () => {
    expect(await read('--client-secret', 'x')).toMatchObject({ flags: { 'client-secret': 'x' } });
  });
});
