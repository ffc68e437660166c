import { singleUserProperties, userProperties } from '../directory/user-values.ts';

/** The members of complex properties that a query can name. */
const members = `
  skuId disabledPlans servicePlanId capabilityStatus service assignedDateTime issuer issuerAssignedId signInType
  lastSignInDateTime lastNonInteractiveSignInDateTime lastSuccessfulSignInDateTime
  costCenter division certificateUserIds
`
  .trim()
  .split(/\s+/u)
  .concat(Array.from({ length: 15 }, (_, at) => `extensionAttribute${at + 1}`));

const spellings: ReadonlyMap<string, string> = new Map(
  [...userProperties, ...singleUserProperties, ...members].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/** Returns a name in Graph's spelling: Graph ignores the case of names in a query. Unknown names are unchanged. */
export function spelled(name: string): string {
  return spellings.get(name.toLowerCase()) ?? name;
}
