import type { People, User } from '../../directory/people.ts';
import type { UserPropertyName } from '../../directory/user-values.ts';
import { Utf8Text } from '../../directory/utf8-text.ts';
import type { Answer } from '../../http/handler.ts';
import { jsonType, successHeaders } from '../graph-headers.ts';
import type { Directory, GraphRequest } from '../graph-request.ts';
import { selectContext } from '../query/select.ts';
import { deltaSelection, parseDeltaState } from './delta-query.ts';
import { baselinePage, changesPage, type DeltaItem } from './delta-page.ts';
import type { DeltaState } from './delta-token.ts';
import { versionRoot } from '../version-root.ts';

const removal = { deleted: 'changed', purged: 'deleted' } as const;

interface Shape {
  readonly properties: readonly UserPropertyName[];
  readonly manager: boolean;
  /** Whether a changed user has only its changed properties. */
  readonly patch: boolean;
}

/** Never-set properties are absent; one that was emptied is null (section 4). */
function shown(user: User, { changed }: DeltaItem, shape: Shape): readonly UserPropertyName[] {
  const names = new Set<UserPropertyName>(['id', ...shape.properties]);
  if (shape.patch && changed !== undefined) {
    return ['id', ...shape.properties.filter((name) => name !== 'id' && changed.has(name))];
  }
  return [...names].filter((name) => user.altered(name) || user.value(name) !== null);
}

function writeItem(people: People, item: DeltaItem, shape: Shape, out: Utf8Text): void {
  const presence = people.presence(item.slot);
  if (presence === 'deleted' || presence === 'purged') {
    out.json({ id: people.idOf(item.slot), '@removed': { reason: removal[presence] } });
    return;
  }
  const user = people.at(item.slot)!;
  shown(user, item, shape).forEach((name, index) => {
    out.text(`${index === 0 ? '{' : ','}"${name}":`);
    user.write(name, out);
  });
  const manager = shape.manager ? people.managerOf(user) : undefined;
  if (manager !== undefined) {
    out.text(',"manager@delta":');
    out.json([{ '@odata.type': '#microsoft.graph.user', id: manager.value('id') }]);
  }
  out.ascii('}');
}

function linkTo(
  directory: Directory,
  call: GraphRequest['call'],
  state: DeltaState,
  next: number | undefined,
): string {
  const base = `${versionRoot(directory.origin(), call)}/users/delta`;
  const issuedAt = directory.now();
  if (next !== undefined) {
    const token = directory.deltaTokens.issue({ ...state, cursor: next, issuedAt });
    return `"@odata.nextLink":"${base}?$skiptoken=${token}"`;
  }
  const token = directory.deltaTokens.issue({
    ...state,
    phase: 'changes',
    cursor: state.upTo,
    issuedAt,
  });
  return `"@odata.deltaLink":"${base}?$deltatoken=${token}"`;
}

/** `GET /users/delta`: one page of a round (section 4). */
export function getDelta(directory: Directory, request: GraphRequest): Answer {
  const { people } = directory;
  const state = parseDeltaState(directory, request);
  const { manager, ...selection } = deltaSelection(state.select);
  const { properties } = selection;
  const ids = state.ids === undefined ? undefined : new Set(state.ids);
  const wanted = (slot: number): boolean => ids === undefined || ids.has(people.idOf(slot));
  const tracked = state.select === undefined ? undefined : new Set(properties);
  const page =
    state.phase === 'baseline'
      ? baselinePage(people, state, wanted)
      : changesPage(people, state, wanted, tracked);

  const minimal = /return\s*=\s*minimal/i.test(request.call.headers['prefer'] ?? '');
  const patch = minimal || directory.unsettled.changedItems === 'patch';
  const body = new Utf8Text(page.items.length * 400);
  // Later pages carry a token in place of the options.
  const chosen = request.options.$select === undefined ? '' : selectContext(selection);
  body.text(
    `{"@odata.context":"${versionRoot(directory.origin(), request.call)}/$metadata#users${chosen}",`,
  );
  body.text(`${linkTo(directory, request.call, state, page.next)},"value":[`);
  page.items.forEach((item, index) => {
    if (index > 0) body.ascii(',');
    writeItem(people, item, { properties, manager, patch }, body);
  });
  body.text(']}');
  return {
    status: 200,
    headers: {
      ...successHeaders(jsonType, request.resourceUnits),
      ...(minimal ? { 'Preference-Applied': 'return=minimal' } : {}),
    },
    body: body.finish(),
  };
}
