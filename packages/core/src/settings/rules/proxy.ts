import { Secret } from '../../secret.ts';
import type { Report } from '../report.ts';

/** Whether user and password can be sent: `100%sure` is no text that was encoded. */
function isDecodable({ username, password }: URL): boolean {
  try {
    decodeURIComponent(`${username}:${password}`);
    return true;
  } catch {
    return false;
  }
}

/** Checks the proxy's URL; a bare `host:port` is taken as http, as other programs do. Nothing of it is shown. */
export function checkProxy(
  text: string | undefined,
  source: string,
  report: Report,
): Secret | undefined {
  if (text === undefined) return undefined;
  const written = text.trim();
  const url = URL.parse(written.includes('://') ? written : `http://${written}`);
  const form = 'Write http://HOST:PORT or https://HOST:PORT.';
  const complain = (message: string, hint = form): undefined => {
    report.mistake({ path: 'proxy', source, message, hint });
  };
  if (url === null || url.host === '') return complain('is not a URL');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return complain('is neither an http nor an https proxy');
  if (!isDecodable(url))
    return complain(
      'has a user or password with a % that begins no character',
      'Write % as %25 in user and password, @ as %40 and : as %3A.',
    );
  if (source.startsWith('--') && url.password !== '') {
    const message = 'a password on the command line can be read by everybody on this machine';
    report.warning({ path: 'proxy', source, message, hint: 'Set HTTPS_PROXY instead.' });
  }
  return new Secret(url.href);
}
