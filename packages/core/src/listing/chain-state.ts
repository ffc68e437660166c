import { ResumeError } from '../errors/resume-error.ts';
import { coverAllUsers, isShard, type Shard } from './shards/shard.ts';

/**
 * How far one chain of a listing has been read. Plain JSON. The link can contain personal data. A chain without a shard
 * reads all users of the query.
 */
export type ChainState = (
  | { readonly state: 'not-started' }
  | { readonly state: 'open'; readonly link: string }
  | { readonly state: 'finished' }
) & { readonly shard?: Shard | undefined };

function isChainState(value: unknown): value is ChainState {
  if (typeof value !== 'object' || value === null || !('state' in value)) return false;
  if ('shard' in value && value.shard !== undefined && !isShard(value.shard)) return false;
  if (value.state === 'open') return 'link' in value && typeof value.link === 'string';
  return value.state === 'not-started' || value.state === 'finished';
}

/** Whether the chains read each user: one of them reads all users, or their shards do so together. */
function areComplete(chains: readonly ChainState[]): boolean {
  const shards = chains.flatMap(({ shard }) => shard ?? []);
  const whole = chains.length - shards.length;
  return whole === 1 || (whole === 0 && coverAllUsers(shards));
}

/**
 * Checks the states of an interrupted listing, which can come from a file.
 * @throws {ResumeError} when they are damaged, or some users are in none of the chains
 */
export function checkChainStates(value: unknown): readonly ChainState[] {
  if (!Array.isArray(value) || !value.every(isChainState))
    throw new ResumeError('the states of its chains are damaged');
  if (!areComplete(value)) throw new ResumeError('its chains do not cover all users');
  return value;
}
