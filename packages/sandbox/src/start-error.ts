/** A reason in the environment of the sandbox, such as a port in use, why it cannot start. */
export class StartError extends Error {
  override readonly name = 'StartError';
  /** What to do next, in one sentence. */
  readonly hint: string;
  /** Code of the operating system, such as EADDRINUSE. */
  readonly code: string | undefined;

  constructor(message: string, hint: string, cause: unknown) {
    super(message, { cause });
    this.hint = hint;
    this.code = codeOf(cause);
  }
}

export function codeOf(error: unknown): string | undefined {
  const { code } = Object(error) as { readonly code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

/** Waits for a listener, and names the port and its flag when the port cannot be opened. */
export async function withListenError<T>(flag: string, port: number, start: Promise<T>) {
  try {
    return await start;
  } catch (error) {
    const code = codeOf(error);
    const why = code === 'EADDRINUSE' ? 'it is in use' : (code ?? String(error));
    throw new StartError(
      `Cannot listen on 127.0.0.1, port ${port}: ${why}.`,
      `Use another port with ${flag}, or 0 for any free port.`,
      error,
    );
  }
}
