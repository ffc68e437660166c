import type { IssueReport } from '../../collect-issues.ts';
import { highestPrecedence, type SettingValue, valuesOf } from '../../setting-value.ts';

/** The application ID of Microsoft Graph; in a scope it is equivalent to the Graph origin of the cloud. */
const graphAppId = '00000003-0000-0000-c000-000000000000';

/**
 * Returns the scope of the token: a single `/.default`, because the client credentials flow accepts no other
 * (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
 * @param defaultScope the scope of the Graph that is read
 * @param isCustom the Graph root belongs to no cloud, so that its resource can have any name
 */
export function selectScopes(
  values: readonly SettingValue[],
  defaultScope: string,
  isCustom: boolean,
  report: IssueReport,
): readonly string[] {
  const configured = highestPrecedence(valuesOf(values, 'scope'));
  if (configured === undefined) return [defaultScope];
  const { source } = configured;
  const scopes = [configured.value].flat().filter((scope) => typeof scope === 'string');
  function fail(message: string): void {
    const hint = `Write ${defaultScope}, or remove the setting.`;
    report.error({ path: 'scope', source, message, hint });
  }
  const [scope] = scopes;
  if (scope === undefined || scopes.length > 1) {
    fail('must contain exactly one scope, because a token is for one resource');
  } else if (!scope.endsWith('/.default')) {
    fail('must end with /.default for app-only sign-in');
  } else if (!isCustom && scope !== defaultScope && scope !== `${graphAppId}/.default`) {
    fail('is not a scope of the configured Microsoft Graph');
  }
  return scopes;
}
