import type { Answer, Call, Handler } from '../../http/handler.ts';
import { jsonType } from '../graph-headers.ts';
import { readBatch, type BatchStep } from './batch-request.ts';

interface StepAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

function toCall(step: BatchStep, outer: Call): Call {
  const { authorization } = outer.headers;
  return {
    method: step.method,
    url: new URL(`${outer.url.origin}/v1.0${step.url}`),
    headers: { ...step.headers, ...(authorization === undefined ? {} : { authorization }) },
    body: step.body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(step.body)),
    requestId: crypto.randomUUID(),
    clientRequestId: step.headers['client-request-id'],
  };
}

/** JSON becomes part of the batch's own; a count, which is text, becomes its number. */
function toStepAnswer(id: string, { status, headers, body }: Answer): StepAnswer {
  return {
    id,
    status,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : value.join(', '),
      ]),
    ),
    body: body === undefined ? null : (JSON.parse(String(body)) as unknown),
  };
}

function failedDependency(id: string): StepAnswer {
  return {
    id,
    status: 424,
    headers: { 'Content-Type': 'application/json' },
    body: {
      error: { code: 'FailedDependency', message: 'A request that this one depends on failed.' },
    },
  };
}

/**
 * `POST /$batch` (section 5): every step is authorized, throttled, charged and answered separately; the status of the
 * batch is 200 in any case. Steps run one after another, which every dependency pattern allows.
 * @throws {GraphError} 400 when the batch itself is malformed
 */
export async function answerBatch(call: Call, handle: Handler): Promise<Answer> {
  const steps = readBatch(call.body.toString('utf8'));
  const answers = new Map<string, StepAnswer>();
  for (const step of steps) {
    const failed = step.dependsOn.some(
      (parent) => (answers.get(parent.toLowerCase())?.status ?? 0) >= 400,
    );
    const answer = failed
      ? failedDependency(step.id)
      : toStepAnswer(step.id, await handle(toCall(step, call)));
    answers.set(step.id.toLowerCase(), answer);
  }
  return {
    status: 200,
    headers: { 'Content-Type': jsonType, 'OData-Version': '4.0' },
    body: JSON.stringify({ responses: [...answers.values()] }),
  };
}
