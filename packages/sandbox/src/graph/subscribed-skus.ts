import type { Answer } from '../http/handler.ts';
import { type Caller } from './caller.ts';
import { badRequest, insufficientPrivileges, unsupportedQuery } from './graph-error.ts';
import { jsonType, successHeaders } from './graph-headers.ts';
import type { Directory, GraphRequest } from './graph-request.ts';
import { versionRoot } from './version-root.ts';
import { licence, premiumLicence } from '../directory/workplaces.ts';

/** Application permissions that may read subscriptions, least first (reference of "List subscribedSkus"). */
const readingRoles = [
  'LicenseAssignment.Read.All',
  'Organization.Read.All',
  'Organization.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];

/** @throws {GraphError} 403 */
export function requireSubscriptionRole({ roles }: Caller): void {
  if (!readingRoles.some((role) => roles.includes(role))) throw insufficientPrivileges();
}

/** The subscriptions of the tenant: two that users have, and one that no user has. */
const subscriptions = [
  { skuId: licence.skuId, skuPartNumber: 'ENTERPRISEPACK' },
  { skuId: premiumLicence.skuId, skuPartNumber: 'SPE_E5' },
  { skuId: 'a403ebcc-fae0-4ca2-8c8c-7a907fd6c235', skuPartNumber: 'POWER_BI_STANDARD' },
] as const;

/** `GET /subscribedSkus`: all subscriptions on one page; `$select` is its only option. */
export function listSubscribedSkus(directory: Directory, request: GraphRequest): Answer {
  const { options } = request;
  if ((options.$filter ?? options.$top ?? options.$orderby ?? options.$expand) !== undefined)
    throw unsupportedQuery('The query option is not supported for subscribedSkus.');
  const names = options.$select?.split(',').map((name) => name.trim().toLowerCase());
  const value = subscriptions.map(({ skuId, skuPartNumber }) => {
    const sku = {
      accountName: 'Contoso',
      appliesTo: 'User',
      capabilityStatus: 'Enabled',
      consumedUnits: 0,
      id: `22222222-2222-4222-8222-222222222222_${skuId}`,
      prepaidUnits: { enabled: 10_000, suspended: 0, warning: 0, lockedOut: 0 },
      servicePlans: [],
      skuId,
      skuPartNumber,
      subscriptionIds: [],
    };
    const entries = Object.entries(sku);
    const unknown = names?.find((name) => !entries.some(([own]) => own.toLowerCase() === name));
    if (unknown !== undefined)
      throw badRequest(
        `Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.subscribedSku'.`,
      );
    return Object.fromEntries(
      entries.filter(([own]) => names === undefined || names.includes(own.toLowerCase())),
    );
  });
  const root = versionRoot(directory.origin(), request.call);
  return {
    status: 200,
    headers: successHeaders(jsonType, request.resourceUnits),
    body: JSON.stringify({ '@odata.context': `${root}/$metadata#subscribedSkus`, value }),
  };
}
