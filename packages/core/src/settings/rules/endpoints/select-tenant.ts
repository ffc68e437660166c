import type { IssueReport } from '../../collect-issues.ts';
import { highestPrecedence, type SettingValue } from '../../setting-value.ts';
import { type AuthorityParts, checkAuthority } from './check-authority.ts';
import { checkTenant } from './check-tenant.ts';
import { holdsPlaceholder, placeholderProblem, whereToFind } from '../placeholder.ts';
import { type SourcedValue, textsOf } from './sourced-value.ts';

/**
 * Returns every well-formed authority, including those with lower precedence, because their tenants can apply.
 * Reports the authority with the highest precedence if it is invalid.
 */
export function readAuthorities(
  values: readonly SettingValue[],
  report: IssueReport,
): readonly SourcedValue<AuthorityParts>[] {
  const texts = textsOf(values, 'authority');
  const effective = highestPrecedence(texts);
  return texts.flatMap((text) => {
    const { value, source, precedence } = text;
    const checked = checkAuthority(value);
    if (checked.problem === undefined) return [{ value: checked.value, source, precedence }];
    if (text === effective) {
      const problem = holdsPlaceholder(value) ? placeholderProblem('authority') : checked.problem;
      report.error({ path: 'authority', source, ...problem });
    }
    return [];
  });
}

/** Returns the tenant of its own setting or of an authority, from the source with the highest precedence. */
export function selectTenant(
  values: readonly SettingValue[],
  authorities: readonly SourcedValue<AuthorityParts>[],
  report: IssueReport,
): string | undefined {
  const tenants = textsOf(values, 'tenant');
  const inAuthorities = authorities.flatMap(({ value, source, precedence }) =>
    value.tenant === undefined ? [] : [{ value: value.tenant, source, precedence }],
  );
  const effective = highestPrecedence([...tenants, ...inAuthorities]);
  if (effective === undefined) {
    report.error({ path: 'tenant', message: 'required, not set', hint: whereToFind('tenant') });
    return undefined;
  }
  const checked = checkTenant(effective.value);
  if (checked.problem !== undefined) {
    const path = tenants.includes(effective) ? 'tenant' : 'authority';
    report.error({ path, source: effective.source, ...checked.problem });
    return undefined;
  }
  const conflict = inAuthorities.find(({ value, precedence }) => {
    const other = checkTenant(value);
    return (
      precedence === effective.precedence &&
      (other.problem !== undefined || other.value !== checked.value)
    );
  });
  if (conflict === undefined) return checked.value;
  report.error({
    path: 'tenant',
    source: `${effective.source} and ${conflict.source}`,
    message: 'tenant and authority contain different tenants',
    hint: 'Remove tenant, or the tenant in authority.',
  });
  return undefined;
}
