import { withHint } from '../../errors/remedies.ts';
import { Secret } from '../../secret.ts';
import type { IssueReport } from '../collect-issues.ts';

/** Returns whether user and password are percent-encoded correctly; `100%sure` is not. */
function isDecodable({ username, password }: URL): boolean {
  try {
    decodeURIComponent(`${username}:${password}`);
    return true;
  } catch {
    return false;
  }
}

/** Checks the URL of the proxy; `host:port` means http, as in other programs. Messages do not contain any of it. */
export function checkProxy(
  value: Secret | undefined,
  source: string | undefined,
  report: IssueReport,
): Secret | undefined {
  if (value === undefined) return undefined;
  const text = value.reveal().trim();
  const url = URL.parse(text.includes('://') ? text : `http://${text}`);
  const format = 'Write http://HOST:PORT or https://HOST:PORT.';
  function fail(message: string, hint = format): undefined {
    report.error({ path: 'proxy', source, message, hint });
  }
  if (url === null || url.host === '') return fail('is not a URL');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return fail('must start with http:// or https://');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    return fail(
      'contains more than host and port',
      `${format} In user and password, write a backslash as %5C, / as %2F, ? as %3F and # as %23.`,
    );
  if (!isDecodable(url))
    return fail(
      'has an invalid percent-encoding in user or password',
      'In user and password, write % as %25, @ as %40 and : as %3A.',
    );
  if (source?.startsWith('--') === true && url.password !== '') {
    const message = 'a password on the command line is visible to every user of this machine';
    report.warning({
      path: 'proxy',
      source,
      message,
      ...withHint({ code: 'hide-proxy-password' }),
    });
  }
  return new Secret(url.href);
}
