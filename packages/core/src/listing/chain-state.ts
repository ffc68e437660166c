import { ResumeError } from '../errors/resume-error.ts';

/** How far one chain of a listing has been read. Plain JSON. The link can contain personal data. */
export type ChainState =
  | { readonly state: 'not-started' }
  | { readonly state: 'open'; readonly link: string }
  | { readonly state: 'finished' };

function isChainState(value: unknown): value is ChainState {
  if (typeof value !== 'object' || value === null || !('state' in value)) return false;
  if (value.state === 'open') return 'link' in value && typeof value.link === 'string';
  return value.state === 'not-started' || value.state === 'finished';
}

/**
 * Checks the states of an interrupted listing, which can come from a file.
 * @param expected the number of chains of this listing
 * @throws {ResumeError} when they do not belong to it
 */
export function checkChainStates(value: unknown, expected: number): readonly ChainState[] {
  if (!Array.isArray(value) || !value.every(isChainState))
    throw new ResumeError('the states of its chains are damaged');
  if (value.length !== expected)
    throw new ResumeError(`it has ${value.length} chains, and this listing has ${expected}`);
  return value;
}
