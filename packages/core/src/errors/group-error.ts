import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** One of several groups of a name. */
export interface GroupCandidate {
  readonly id: string;
  readonly displayName: string | null;
  readonly description: string | null;
  readonly mail: string | null;
}

const longestDescription = 60;

function shown({ id, mail, description }: GroupCandidate): string {
  const details = [mail, description?.slice(0, longestDescription)].filter(Boolean).join(', ');
  return details === '' ? id : `${id} (${details})`;
}

function messageOf(group: string, candidates: readonly GroupCandidate[], isMore: boolean): string {
  const name = JSON.stringify(group);
  if (candidates.length === 0) return `The group ${name} was not found.`;
  return `${isMore ? `More than ${candidates.length}` : candidates.length} groups are named ${name}.`;
}

/** The group does not exist, or several groups have the name that was given. */
export class GroupError extends DirectoryError {
  override readonly name = 'GroupError';
  /** The object ID or the name that was given. */
  readonly group: string;
  /** The groups that have the name; empty when there is none. */
  readonly candidates: readonly GroupCandidate[];

  /** @param isMore whether there are more groups of the name than the candidates */
  constructor(
    group: string,
    facts: Partial<ErrorFacts> & {
      readonly candidates?: readonly GroupCandidate[];
      readonly isMore?: boolean;
    } = {},
  ) {
    const { candidates = [], isMore = false, ...rest } = facts;
    super(
      candidates.length === 0 ? 'E_NO_SUCH_GROUP' : 'E_AMBIGUOUS_GROUP',
      messageOf(group, candidates, isMore),
      {
        hint:
          candidates.length === 0
            ? 'Check the object ID or the display name of the group: the whole name is compared, in any case.'
            : `Use the object ID of the group instead of its name: ${candidates.map(shown).join('; ')}.`,
        ...rest,
      },
    );
    this.group = group;
    this.candidates = candidates;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), group: this.group, candidates: this.candidates };
  }
}
