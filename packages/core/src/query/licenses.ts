import type { QueryIssue } from '../errors/query-error.ts';

/** A subscription of the tenant. */
export interface Subscription {
  readonly skuId: string;
  readonly skuPartNumber: string;
}

/**
 * Product names by SKU part number: a selection of Microsoft's "Product names and service plan identifiers for
 * licensing" (learn.microsoft.com/entra/identity/users/licensing-service-plan-reference), compared in November 2026
 * with lists that other projects publish of that page, not with the page itself. Other subscriptions are named by their
 * part number.
 */
export const productNames: Readonly<Record<string, string>> = {
  AAD_PREMIUM: 'Microsoft Entra ID P1',
  AAD_PREMIUM_P2: 'Microsoft Entra ID P2',
  EMS: 'Enterprise Mobility + Security E3',
  EMSPREMIUM: 'Enterprise Mobility + Security E5',
  ENTERPRISEPACK: 'Office 365 E3',
  ENTERPRISEPREMIUM: 'Office 365 E5',
  EXCHANGEENTERPRISE: 'Exchange Online (Plan 2)',
  EXCHANGESTANDARD: 'Exchange Online (Plan 1)',
  FLOW_FREE: 'Microsoft Power Automate Free',
  M365_F1: 'Microsoft 365 F1',
  O365_BUSINESS_ESSENTIALS: 'Microsoft 365 Business Basic',
  O365_BUSINESS_PREMIUM: 'Microsoft 365 Business Standard',
  POWER_BI_PRO: 'Power BI Pro',
  POWER_BI_STANDARD: 'Microsoft Fabric (Free)',
  SPB: 'Microsoft 365 Business Premium',
  SPE_E3: 'Microsoft 365 E3',
  SPE_E5: 'Microsoft 365 E5',
  SPE_F1: 'Microsoft 365 F3',
  STANDARDPACK: 'Office 365 E1',
};

/** Returns the product name of a subscription; its part number when the table has none. */
export function productName({ skuPartNumber }: Subscription): string {
  return Object.hasOwn(productNames, skuPartNumber)
    ? (productNames[skuPartNumber] ?? skuPartNumber)
    : skuPartNumber;
}

/**
 * Returns the subscriptions that a text names: by SKU ID, part number or product name, in any case, or by the last word
 * of the product name, such as E5.
 */
export function subscriptionsNamed(
  text: string,
  subscriptions: readonly Subscription[],
): readonly Subscription[] {
  const wanted = text.trim().toLowerCase();
  return subscriptions.filter((subscription) => {
    const product = productName(subscription).toLowerCase();
    return [
      subscription.skuId.toLowerCase(),
      subscription.skuPartNumber.toLowerCase(),
      product,
      product.split(' ').at(-1),
    ].includes(wanted);
  });
}

/** Most alternatives of a filter in default mode (Graph's known issues, query parameters). */
const mostSubscriptions = 15;

/** Returns the issue of a license that the tenant does not have, or that too many of its subscriptions have. */
export function licenseIssue(
  text: string,
  found: readonly Subscription[],
  all: readonly Subscription[],
): QueryIssue | undefined {
  if (found.length > 0 && found.length <= mostSubscriptions) return undefined;
  return {
    part: 'license',
    message:
      found.length === 0
        ? `the tenant has no license ${JSON.stringify(text)}`
        : `${found.length} licenses of the tenant match ${JSON.stringify(text)}`,
    hint: `Use one of: ${all.map((each) => `${productName(each)} (${each.skuPartNumber})`).join(', ') || 'the tenant has no subscriptions'}.`,
  };
}

/** Returns a filter for users who have one of some subscriptions, together with the filter of the query. */
export function licenseFilter(found: readonly Subscription[], filter: string | undefined): string {
  const any = found.map(({ skuId }) => `assignedLicenses/any(a:a/skuId eq ${skuId})`).join(' or ');
  return filter === undefined ? any : `(${filter}) and (${any})`;
}

/** Returns the product names of the licenses of a user, each once. */
export function licensesOf(
  assigned: unknown,
  subscriptions: ReadonlyMap<string, Subscription>,
): readonly string[] {
  const list = Array.isArray(assigned) ? (assigned as readonly { readonly skuId?: unknown }[]) : [];
  return list.map(({ skuId }) => {
    const id = String(skuId);
    const known = subscriptions.get(id.toLowerCase());
    return known === undefined ? id : productName(known);
  });
}
