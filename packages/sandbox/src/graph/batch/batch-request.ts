import { badRequest } from '../graph-error.ts';

/** One step of a `$batch`. */
export interface BatchStep {
  readonly id: string;
  readonly method: string;
  /** Relative to the version, beginning with `/`. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly dependsOn: readonly string[];
}

/** Section 5. */
const mostSteps = 20;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readHeaders(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => [name.toLowerCase(), String(text)]),
  );
}

function readStep(value: unknown): BatchStep {
  if (
    !isObject(value) ||
    typeof value['id'] !== 'string' ||
    typeof value['method'] !== 'string' ||
    typeof value['url'] !== 'string' ||
    value['id'] === ''
  ) {
    throw badRequest('Invalid batch payload: every request needs id, method and url.');
  }
  const { id, method, url, dependsOn, body } = value;
  const headers = readHeaders(value['headers']);
  if (body !== undefined && headers['content-type'] === undefined) {
    throw badRequest(
      `Invalid batch payload: request '${id}' has a body but no Content-Type header.`,
    );
  }
  return {
    id,
    method: method.toUpperCase(),
    url: url.startsWith('/') ? url : `/${url}`,
    headers,
    body,
    dependsOn: Array.isArray(dependsOn) ? dependsOn.map(String) : [],
  };
}

function requireKnownParents(steps: readonly BatchStep[]): void {
  const before = new Set<string>();
  for (const { id, dependsOn } of steps) {
    const unknown = dependsOn.find((parent) => !before.has(parent.toLowerCase()));
    if (unknown !== undefined) {
      throw badRequest(
        `Invalid batch payload: '${id}' depends on '${unknown}', which does not come before it.`,
      );
    }
    before.add(id.toLowerCase());
  }
}

/** @throws {GraphError} 400 for the batch as a whole; wording mostly UNVERIFIED */
export function readBatch(text: string): readonly BatchStep[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  const requests = isObject(parsed) ? parsed['requests'] : undefined;
  if (!Array.isArray(requests)) {
    throw badRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
  if (requests.length === 0) throw badRequest('Invalid batch payload: there are no requests.');
  if (requests.length > mostSteps) {
    throw badRequest(`Number of batch request steps exceeds the max value of ${mostSteps}.`);
  }
  const steps = requests.map(readStep);
  const ids = new Set(steps.map(({ id }) => id.toLowerCase()));
  if (ids.size < steps.length) throw badRequest('Request ids must be unique within a batch.');
  requireKnownParents(steps);
  return steps;
}
