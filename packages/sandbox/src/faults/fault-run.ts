import type { ServerResponse } from 'node:http';

import type { Answer, Call } from '../http/handler.ts';
import { send, type Message } from '../http/send.ts';
import type { RequestClass } from '../journal/entry.ts';
import type { FaultContext, Places } from './fault.ts';
import type { FaultLedger } from './fault-ledger.ts';
import type { PlannedFault } from './fault-plan.ts';
import { faultKinds, type FaultKindName } from './kinds.ts';
import type { FaultKind } from './fault.ts';

export interface FaultRunParts {
  readonly due: readonly PlannedFault[];
  readonly ledger: FaultLedger;
  readonly call: Call;
  readonly class: RequestClass;
  readonly places: Places;
  readonly now: Date;
  sleep(seconds: number): Promise<void>;
  reset(): void;
}

/** One request's faults, applied at the steps of its answer's way. */
export interface FaultRun {
  /** The answer: by the first fault that answers in place of `ask`, altered by all that rewrite. */
  answer(ask: () => Answer | Promise<Answer>): Promise<Answer>;
  mangle(message: Message): Promise<Message>;
  /** Sends by the first fault that has its own way of sending. */
  deliver(response: ServerResponse, message: Message): Promise<void>;
  /** The kinds that happened. */
  readonly struck: readonly FaultKindName[];
}

export function startFaultRun(parts: FaultRunParts): FaultRun {
  const struck: FaultKindName[] = [];
  const faults = parts.due.map((planned) => {
    const kind: FaultKind = faultKinds[planned.fault.kind];
    const context: FaultContext = {
      parameters: planned.fault,
      call: parts.call,
      class: parts.class,
      places: parts.places,
      now: parts.now,
      struck: planned.struck,
      sleep: (seconds) => parts.sleep(seconds),
      reset: () => parts.reset(),
    };
    const strike = (): void => {
      planned.struck += 1;
      struck.push(planned.fault.kind);
      parts.ledger.record({
        kind: planned.fault.kind,
        requestId: parts.call.requestId,
        path: parts.call.url.pathname,
        at: parts.now.toISOString(),
      });
    };
    return { kind, context, strike };
  });

  const insteadOf = async (): Promise<Answer | undefined> => {
    for (const { kind, context, strike } of faults) {
      const answer = await kind.instead?.(context);
      if (answer === undefined) continue;
      strike();
      return answer;
    }
    return undefined;
  };

  return {
    struck,
    async answer(ask) {
      let answer = (await insteadOf()) ?? (await ask());
      for (const { kind, context, strike } of faults) {
        const rewritten = kind.rewrite?.(answer, context);
        if (rewritten === undefined) continue;
        strike();
        answer = rewritten;
      }
      return answer;
    },
    async mangle(message) {
      let mangled = message;
      for (const { kind, context, strike } of faults) {
        if (kind.mangle === undefined) continue;
        strike();
        mangled = await kind.mangle(mangled, context);
      }
      return mangled;
    },
    async deliver(response, message) {
      const sender = faults.find(({ kind }) => kind.deliver !== undefined);
      if (sender === undefined) {
        send(response, message);
        return;
      }
      sender.strike();
      await sender.kind.deliver?.(response, message, sender.context);
    },
  };
}
