import type { Answer } from '../../http/handler.ts';
import type { FaultContext, FaultKind } from '../fault.ts';
import { errorAnswer } from './error-answer.ts';
import { pointAt } from './point-at.ts';
import { againLink } from './again-link.ts';

type Item = Record<string, unknown>;

/** A page of Graph, parsed; members besides `value` and links are kept. */
interface Page extends Record<string, unknown> {
  value?: unknown;
  '@odata.nextLink'?: unknown;
  '@odata.deltaLink'?: unknown;
}

/** Applies `change` to an answer that is a page; undefined (nothing happened) for any other. */
function onPage(change: (page: Page, context: FaultContext) => Page | undefined) {
  return (answer: Answer, context: FaultContext): Answer | undefined => {
    if (answer.status !== 200 || answer.body === undefined) return undefined;
    let page: Page;
    try {
      page = JSON.parse(String(answer.body)) as Page;
    } catch {
      return undefined;
    }
    if (!Array.isArray(page.value)) return undefined;
    const changed = change(page, context);
    return changed === undefined ? undefined : { ...answer, body: JSON.stringify(changed) };
  };
}

const nextLink = '@odata.nextLink';
const deltaLink = '@odata.deltaLink';

function items(page: Page): readonly Item[] {
  return page.value as readonly Item[];
}

const oddValues: Readonly<Record<string, (page: Page) => unknown>> = {
  missing: () => undefined,
  null: () => null,
  object: (page) => Object.fromEntries(items(page).entries()),
  nulls: (page) => items(page).map(() => null),
  scalars: (page) => items(page).map((_, index) => index),
};

/** Pages that are well-formed JSON and still wrong. */
export const pageFaults = {
  'page-value': {
    about: '"value" is missing, null, object, nulls or scalars (value)',
    on: 'graph',
    takes: ['value'],
    choices: { value: Object.keys(oddValues) },
    rewrite: onPage((page, { parameters: { value = 'missing' } }) => ({
      ...page,
      value: (oddValues[value] ?? oddValues['missing'])?.(page),
    })),
  },
  'page-size-refused': {
    about: 'Pages of more users than some (count, 100) get 400 in the words of Graph, or a status',
    on: 'graph',
    takes: ['count', 'status'],
    instead: (context) => {
      const { count = 100, status = 400 } = context.parameters;
      const top = Number(new URL(context.call.url).searchParams.get('$top'));
      if (!(top > count)) return undefined;
      const answer = errorAnswer(context, status);
      if (status !== 400) return answer;
      const message = `Invalid page size specified: '${top}'. Must be between 1 and ${count} inclusive.`;
      return {
        ...answer,
        body: JSON.stringify({ error: { code: 'Request_UnsupportedQuery', message } }),
      };
    },
  },
  'empty-page': {
    about: 'No users and a next link, before the page that was asked for',
    on: 'graph',
    takes: [],
    rewrite: onPage((page, context) => {
      const { [deltaLink]: _, ...others } = page;
      return { ...others, value: [], [nextLink]: againLink(context) };
    }),
  },
  'duplicate-user': {
    about: 'The first user of the page comes twice',
    on: 'graph',
    takes: [],
    rewrite: onPage((page) => {
      const [first] = items(page);
      return first === undefined ? undefined : { ...page, value: [...items(page), first] };
    }),
  },
  'dropped-user': {
    about: 'The last user of the page is left out',
    on: 'graph',
    takes: [],
    rewrite: onPage((page) =>
      items(page).length === 0 ? undefined : { ...page, value: items(page).slice(0, -1) },
    ),
  },
  'big-integer': {
    about: 'Every user has an integer over 2^53',
    on: 'graph',
    takes: [],
    rewrite: (answer, context) => {
      const changed = onPage((page) => ({
        ...page,
        value: items(page).map((item) => Object.assign(item, { extensionInteger: '@big' })),
      }))(answer, context);
      return changed === undefined
        ? undefined
        : { ...changed, body: String(changed.body).replaceAll('"@big"', '9007199254740993') };
    },
  },
  link: {
    about:
      'Another next link (link; to the hostile origin by default; null, "" and numbers as they are)',
    on: 'graph',
    takes: ['link'],
    rewrite: onPage((page, context) => {
      const { link = '{hostile}{link-path}' } = context.parameters;
      const real = page[nextLink];
      if (typeof real !== 'string') return undefined;
      return {
        ...page,
        [nextLink]: typeof link === 'string' ? pointAt(link, context, real) : link,
      };
    }),
  },
  'self-link': {
    about: 'The next link is the page itself',
    on: 'graph',
    takes: [],
    rewrite: onPage((page, context) =>
      page[nextLink] === undefined
        ? undefined
        : { ...page, [nextLink]: pointAt('{self}', context) },
    ),
  },
  'first-page-link': {
    about: 'The next link leads back to the first page: a cycle as long as the pages before it',
    on: 'graph',
    takes: [],
    rewrite: onPage((page, context) => {
      if (typeof page[nextLink] !== 'string') return undefined;
      const first = new URL(context.call.url);
      for (const name of first.searchParams.keys().toArray())
        if (/^\$?(?:skip|delta)token$/iu.test(name)) first.searchParams.delete(name);
      return { ...page, [nextLink]: pointAt(`{origin}${first.pathname}${first.search}`, context) };
    }),
  },
  'endless-links': {
    about: 'Ever new next links that bring the same users again',
    on: 'graph',
    takes: [],
    rewrite: onPage((page, context) => {
      const { [deltaLink]: _, ...others } = page;
      return { ...others, [nextLink]: againLink(context) };
    }),
  },
  'long-link': {
    about: 'A next link of some bytes (100,000)',
    on: 'graph',
    takes: ['bytes'],
    rewrite: onPage((page, { parameters: { bytes = 100_000 } }) =>
      typeof page[nextLink] === 'string'
        ? { ...page, [nextLink]: `${page[nextLink]}&x=${'a'.repeat(bytes)}` }
        : undefined,
    ),
  },
  'both-links': {
    about: 'A page with a next link and a delta link',
    on: 'graph',
    takes: [],
    rewrite: onPage((page, context) => ({
      ...page,
      [nextLink]: page[nextLink] ?? againLink(context),
      [deltaLink]: page[deltaLink] ?? pointAt('{origin}/v1.0/users/delta?$deltatoken=x', context),
    })),
  },
  'dropped-link': {
    about: 'Neither link on a page that has one: the listing looks complete and is not',
    on: 'graph',
    takes: [],
    rewrite: onPage((page) => {
      const { [nextLink]: next, [deltaLink]: delta, ...others } = page;
      return next === undefined && delta === undefined ? undefined : others;
    }),
  },
} as const satisfies Record<string, FaultKind>;
