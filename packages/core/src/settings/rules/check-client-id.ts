import { parseGuid, resemblesGuid } from '../../guid.ts';
import type { IssueReport } from '../collect-issues.ts';
import { holdsPlaceholder, placeholderProblem, whereToFind } from './placeholder.ts';

/**
 * Checks the application ID, which is always a GUID. Messages do not contain the value, which can be a misplaced
 * secret.
 */
export function checkClientId(
  text: string | undefined,
  source: string | undefined,
  report: IssueReport,
): string | undefined {
  function fail(message: string): undefined {
    report.error({ path: 'clientId', source, message, hint: whereToFind('clientId') });
  }
  if (text === undefined) return fail('required, not set');
  if (holdsPlaceholder(text)) return fail(placeholderProblem('clientId').message);
  return (
    parseGuid(text) ??
    fail(
      resemblesGuid(text)
        ? 'is not a valid GUID: a digit is missing, wrong or too many'
        : 'is not a GUID',
    )
  );
}
