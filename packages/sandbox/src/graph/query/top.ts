import { badRequest, unsupportedQuery } from '../graph-error.ts';

const defaultPageSize = 100;
const largestPageSize = 999;

/**
 * @throws {GraphError} 400 in the directory's words outside 1 to 999 (S36), in those of OData for a value that is not a
 * number
 */
export function parseTop(text: string | undefined): number {
  if (text === undefined) return defaultPageSize;
  if (!/^\d{1,9}$/.test(text)) {
    throw badRequest(
      `Invalid value '${text}' for $top query option found. The $top query option requires a non-negative integer value.`,
    );
  }
  const top = Number(text);
  if (top < 1 || top > largestPageSize) {
    throw unsupportedQuery(
      `Invalid page size specified: '${top}'. Must be between 1 and ${largestPageSize} inclusive.`,
    );
  }
  return top;
}
