import { createInterface } from 'node:readline';

/** Asks questions on a terminal, one line of answer each. */
export interface Questions extends Disposable {
  /**
   * Prints a question and returns the answer without surrounding blanks; an empty one if the input has ended.
   * Rejects when aborted.
   */
  ask(question: string): Promise<string>;
}

export interface QuestionsOptions {
  readonly input: NodeJS.ReadableStream;
  /** Prints a question, without a line break. */
  readonly print: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Opens the input for questions. The terminal itself edits the line, so that answers need no control characters. */
export function openQuestions({ input, print, signal }: QuestionsOptions): Questions {
  const lines = createInterface({ input, terminal: false, signal });
  const answers = lines[Symbol.asyncIterator]();
  return {
    async ask(question) {
      print(question);
      const { value, done } = await answers.next();
      signal.throwIfAborted();
      return done === true ? '' : value.trim();
    },
    [Symbol.dispose]: () => lines.close(),
  };
}
