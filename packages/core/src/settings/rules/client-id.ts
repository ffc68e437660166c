import type { Report } from '../report.ts';
import { guidOf, resemblesGuid } from '../../guid.ts';
import { holdsPlaceholder, placeholderProblem, whereToFind } from './placeholder.ts';

/** Checks the application's id: always a GUID. What is wrong is not shown, as people paste secrets here. */
export function checkClientId(
  text: string | undefined,
  source: string,
  report: Report,
): string | undefined {
  const guid = text === undefined ? undefined : guidOf(text);
  const complain = (message: string): undefined => {
    report.mistake({ path: 'clientId', source, message, hint: whereToFind('clientId') });
  };
  if (text === undefined) return complain('the application is not given');
  if (holdsPlaceholder(text)) return complain(placeholderProblem('clientId').message);
  if (guid !== undefined) return guid;
  return complain(
    resemblesGuid(text)
      ? 'is almost a GUID: a digit is missing, too many or wrong'
      : 'is not a GUID',
  );
}
