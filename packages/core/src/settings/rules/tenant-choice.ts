import { type SettingValue, highestPrecedence } from '../setting-value.ts';
import type { Report } from '../report.ts';
import { type AuthorityParts, checkAuthority } from './authority.ts';
import { holdsPlaceholder, placeholderProblem, whereToFind } from './placeholder.ts';
import { type Sourced, textsOf } from './sourced.ts';
import { checkTenant } from './tenant.ts';

/**
 * Every authority that is well-formed, of weaker sources too, because their tenants may count; and a mistake for
 * the highestPrecedence when it is not.
 */
export function readAuthorities(
  found: readonly SettingValue[],
  report: Report,
): readonly Sourced<AuthorityParts>[] {
  const texts = textsOf(found, 'authority');
  const counting = highestPrecedence(texts);
  return texts.flatMap((text) => {
    const { value, source, rank } = text;
    const checked = checkAuthority(value);
    if (checked.problem === undefined) return [{ value: checked.value, source, rank }];
    if (text === counting) {
      const problem = holdsPlaceholder(value) ? placeholderProblem('authority') : checked.problem;
      report.mistake({ path: 'authority', source, ...problem });
    }
    return [];
  });
}

/** The tenant, by its own setting or in an authority, whichever comes from the stronger source. */
export function chooseTenant(
  found: readonly SettingValue[],
  authorities: readonly Sourced<AuthorityParts>[],
  report: Report,
): string | undefined {
  const own = textsOf(found, 'tenant');
  const inAuthorities = authorities.flatMap(({ value, source, rank }) =>
    value.tenant === undefined ? [] : [{ value: value.tenant, source, rank }],
  );
  const counting = highestPrecedence([...own, ...inAuthorities]);
  if (counting === undefined) {
    const message = 'the directory to read is not given';
    report.mistake({ path: 'tenant', source: 'nowhere', message, hint: whereToFind('tenant') });
    return undefined;
  }
  const checked = checkTenant(counting.value);
  if (checked.problem !== undefined) {
    const path = own.includes(counting) ? 'tenant' : 'authority';
    report.mistake({ path, source: counting.source, ...checked.problem });
    return undefined;
  }
  const rival = inAuthorities.find(({ value, rank }) => {
    const other = checkTenant(value);
    return rank === counting.rank && (other.problem !== undefined || other.value !== checked.value);
  });
  if (rival === undefined) return checked.value;
  report.mistake({
    path: 'tenant',
    source: `${counting.source} and ${rival.source}`,
    message: 'tenant and authority name different directories',
    hint: 'Keep the tenant in one of the two.',
  });
  return undefined;
}
