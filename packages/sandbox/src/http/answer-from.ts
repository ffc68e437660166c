import type { Answer } from './handler.ts';

/** Makes links in an answer start with the origin that the client called, where that is another name of ours. */
export function answerFrom(answer: Answer, own: string, called: string): Answer {
  if (own === called || answer.body === undefined) return answer;
  return { ...answer, body: String(answer.body).replaceAll(`"${own}/`, `"${called}/`) };
}
