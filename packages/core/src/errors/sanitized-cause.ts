/**
 * Copies `cause` so that it is safe to keep: name, code, message and stack of each link of its chain, nothing else.
 * Errors of libraries carry sockets, requests and configuration (MSAL's application prints the client secret when
 * inspected), which would reach the log of each program that logs our error.
 */
export function sanitizedCause(cause: unknown, depth = 4): Error | undefined {
  if (cause === undefined || cause === null || depth === 0) return undefined;
  if (!(cause instanceof Error)) return new Error(typeof cause);
  const inner = sanitizedCause(cause.cause, depth - 1);
  const copy = new Error(cause.message, inner === undefined ? {} : { cause: inner });
  copy.name = cause.name;
  const { code } = cause as { code?: unknown };
  if (typeof code === 'string') Object.assign(copy, { code });
  if (cause.stack !== undefined) copy.stack = cause.stack;
  else delete copy.stack;
  return copy;
}
