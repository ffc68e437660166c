// `@rollcall/core/delta`: the functions for a program that keeps a copy of a directory. They are not part of the main
// entry, because most programs read changes page by page
// (docs/decisions/0013-delta-rounds-are-an-entry-of-their-own.md).
export { MassDeleteError } from './errors/mass-delete-error.ts';
export { applyRound, type ApplyRoundOptions } from './delta/apply-round.ts';
export { readRound, type Round } from './delta/round.ts';
export type { RoundChange } from './delta/round-change.ts';
