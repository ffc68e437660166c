import type { Page, UserQuery } from '@rollcall/core';
import type { Response } from 'express';

import { sendJson } from './send-json.ts';

/** Returns the `@odata.context` of users with a selection. */
export function contextOf(root: string, { select }: UserQuery): string {
  const properties = select === undefined ? '' : `(${select.join(',')})`;
  return `${root}/$metadata#users${properties}`;
}

/** Links and counts of a page, in the order in which Graph writes them. */
export interface PageAnnotations {
  readonly '@odata.context': string;
  readonly '@odata.count'?: number | undefined;
  readonly '@odata.nextLink'?: string | undefined;
  readonly '@odata.deltaLink'?: string | undefined;
}

/** The users of a page as JSON, without brackets. They are not parsed if nothing changes them. */
function jsonOf({ items, json }: Pick<Page<unknown>, 'items' | 'json'>): Uint8Array {
  return json === undefined ? Buffer.from(JSON.stringify(items).slice(1, -1)) : json.join(',');
}

/**
 * Sends a page in Graph's collection shape. Its ETag depends on the users, the count and the upstream link, but not on
 * page tokens, which differ in each response.
 */
export function sendPage(
  response: Response,
  annotations: PageAnnotations,
  page: Pick<Page<unknown>, 'items' | 'json' | 'link' | 'count'>,
): void {
  const head = JSON.stringify(annotations).slice(0, -1);
  const users = jsonOf(page);
  const facts = [annotations['@odata.context'], page.count, page.link, ''].join('\n');
  const body = Buffer.concat([Buffer.from(`${head},"value":[`), users, Buffer.from(']}')]);
  sendJson(response, body, [facts, users]);
}
