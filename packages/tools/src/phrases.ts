/** A phrase that the texts of this project do not use, and what to write instead. */
export interface Phrase {
  readonly pattern: RegExp;
  readonly instead: string;
}

/** Words after "is no" that are plain English: "is no longer", "there is no need". */
const plainAfterNo = 'longer|more|need|way|point|other|such|different';

/**
 * The phrases that `npm run check` rejects in code, comments, help, tests and docs. They are archaic, or they hide who
 * does something. Add a line for each further one that you meet.
 */
export const phrases: readonly Phrase[] = [
  { pattern: /\bwho(?:m)?ever\b/iu, instead: 'the caller, the administrator, another process' },
  { pattern: /\bnobody(?:'s)?\b/iu, instead: 'no one, or a sentence with the real subject' },
  { pattern: /\bsomebody(?:'s)?\b/iu, instead: 'the caller, a user, another process' },
  { pattern: /\bwhatever\b/iu, instead: 'any, all, everything that' },
  {
    pattern: new RegExp(
      String.raw`(?<!\bthere )\b(?:is|are|was) no (?!(?:${plainAfterNo})\b)[a-z]`,
      'iu',
    ),
    instead: 'is not a, has no, there is no',
  },
  { pattern: /\bleaves? [^.;]{1,40} away\b/iu, instead: 'remove, omit' },
  { pattern: /\bmend(?:s|ed|ing)?\b/iu, instead: 'fix, correct' },
  { pattern: /\bmanners\b/iu, instead: 'global options, behaviour' },
  { pattern: /\b(?:go|goes|going|went) on later\b/iu, instead: 'continue, resume' },
  { pattern: /\bwell again\b/iu, instead: 'available again, closed (of a circuit)' },
  {
    pattern: /\b(?:stands?|stood) (?:in|at|under|for|beside|over)\b/iu,
    instead: 'is in, represents',
  },
  { pattern: /\bof (?:its|their|his) own accord\b/iu, instead: 'by itself, without being asked' },
  { pattern: /\bha(?:s|ve) leave to\b/iu, instead: 'is allowed to' },
  { pattern: /\bleave to (?:read|send|write)\b/iu, instead: 'permission to' },
  { pattern: /\bas it were\b/iu, instead: 'nothing: remove it' },
  { pattern: /\bbeside\b/iu, instead: 'in addition to, next to' },
  { pattern: /\bbad days?\b/iu, instead: 'fault, outage, hostile response' },
  { pattern: /\bevil\b/iu, instead: 'hostile, malicious' },
  { pattern: /\bcalls? the roll\b|\broll call\b/iu, instead: 'list all users' },
  { pattern: /\bin a box\b/iu, instead: 'local mock tenant' },
  { pattern: /\bthrough the house\b/iu, instead: 'architecture' },
  { pattern: /\bstrangers?\b/iu, instead: 'unexpected responder, unknown caller' },
  { pattern: /\bvouch(?:es)?\b/iu, instead: 'is issued by, is trusted by' },
  { pattern: /\bthe asking\b/iu, instead: 'the request' },
  { pattern: /\bsomebody else\b/iu, instead: 'another library, another user' },
];
