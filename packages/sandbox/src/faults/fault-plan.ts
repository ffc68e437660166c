import type { RequestClass } from '../journal/entry.ts';
import { faultKinds, type Fault } from './kinds.ts';

/** A fault that is set, and what has become of it. */
export interface PlannedFault {
  readonly fault: Fault;
  /** Matching requests so far. */
  seen: number;
  /** How often it happened. */
  struck: number;
}

/** The faults that are set now. */
export interface FaultPlan {
  add(fault: Fault): void;
  clear(): void;
  list(): readonly PlannedFault[];
  /** Returns the faults that apply to this request, in the order they were set. Counts it for each that matches. */
  due(request: PlannedRequest): readonly PlannedFault[];
}

export interface PlannedRequest {
  readonly class: RequestClass;
  readonly target: string;
  /** Whether its connection had served a request before. */
  readonly reused: boolean;
}

/** @returns a number in [0, 1) for each call, always the same row for the same seed (mulberry32) */
function drawsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function matches({ fault }: PlannedFault, request: PlannedRequest): boolean {
  const on = fault.on ?? faultKinds[fault.kind].on;
  if (on !== 'any' && on !== request.class) return false;
  if (fault.kind === 'stale-connection' && !request.reused) return false;
  return fault.path === undefined || request.target.includes(fault.path);
}

export function createFaultPlan(seed: number, initial: readonly Fault[] = []): FaultPlan {
  const draw = drawsOf(seed);
  let planned: PlannedFault[] = [];
  const add = (fault: Fault): void => {
    planned.push({ fault, seen: 0, struck: 0 });
  };
  for (const fault of initial) add(fault);

  const isDue = (one: PlannedFault): boolean => {
    const { nth, from, times, probability } = one.fault;
    if (times !== undefined && one.struck >= times) return false;
    if (nth !== undefined && ![nth].flat().includes(one.seen)) return false;
    if (from !== undefined && one.seen < from) return false;
    return probability === undefined || draw() < probability;
  };

  return {
    add,
    clear() {
      planned = [];
    },
    list: () => planned,
    due: (request) =>
      planned.filter((one) => {
        if (!matches(one, request)) return false;
        one.seen += 1;
        return isDue(one);
      }),
  };
}
