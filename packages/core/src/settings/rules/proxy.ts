import { Secret } from '../../secret.ts';
import type { Report } from '../report.ts';

/** Checks the proxy's URL; a bare `host:port` is taken as http, as other programs do. Nothing of it is shown. */
export function checkProxy(
  text: string | undefined,
  source: string,
  report: Report,
): Secret | undefined {
  if (text === undefined) return undefined;
  const written = text.trim();
  const url = URL.parse(written.includes('://') ? written : `http://${written}`);
  const complain = (message: string): undefined => {
    const hint = 'Write http://HOST:PORT or https://HOST:PORT.';
    report.mistake({ path: 'proxy', source, message, hint });
  };
  if (url === null || url.host === '') return complain('is not a URL');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return complain('is neither an http nor an https proxy');
  if (source.startsWith('--') && url.password !== '') {
    const message = 'a password on the command line can be read by everybody on this machine';
    report.warning({ path: 'proxy', source, message, hint: 'Set HTTPS_PROXY instead.' });
  }
  return new Secret(url.href);
}
