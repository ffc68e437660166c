import type { SettingValue } from '../setting-value.ts';
import { highestPrecedence, valuesOf } from '../setting-value.ts';
import type { Report } from '../report.ts';

/** Graph's own application id: as good as its origin in a scope, in every cloud. */
const graphAppId = '00000003-0000-0000-c000-000000000000';

/**
 * What the token is asked for: one `/.default`, as client credentials take no other
 * (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
 * @param own the scope of the cloud that is read
 * @param isCustom Graph is no cloud's, so that any resource may be its name
 */
export function chooseScopes(
  found: readonly SettingValue[],
  own: string,
  isCustom: boolean,
  report: Report,
): readonly string[] {
  const given = highestPrecedence(valuesOf(found, 'scope'));
  if (given === undefined) return [own];
  const scopes = [given.value].flat().filter((scope) => typeof scope === 'string');
  const complain = (message: string): void => {
    const hint = `Write ${own}, or leave it out.`;
    report.mistake({ path: 'scope', source: given.source, message, hint });
  };
  const [only] = scopes;
  if (only === undefined || scopes.length > 1) {
    complain('must be one scope: a token is for one resource');
  } else if (!only.endsWith('/.default')) {
    complain('does not end with /.default, which alone goes with an application of its own');
  } else if (!isCustom && only !== own && only !== `${graphAppId}/.default`) {
    complain('is not for the Graph that is read');
  }
  return scopes;
}
