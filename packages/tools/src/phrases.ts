/** A phrase that the texts and names of this project do not use, and what to write instead. */
export interface Phrase {
  /** A space stands for any white space, a line break in a comment included. */
  readonly pattern: RegExp;
  readonly instead: string;
}

/** Words after "is no" that are plain English: "is no longer", "there is no need". */
const plainAfterNo = 'longer|more|need|way|point|other|such|different';

/**
 * The phrases that `npm run check` rejects in code, comments, names, help, tests and docs. They are archaic, they are
 * metaphors, or they hide who does something. Add a line for each further one.
 */
export const phrases: readonly Phrase[] = [
  // Subjects without a name
  { pattern: /\bwho(?:m)?ever\b/iu, instead: 'the caller, the administrator, another process' },
  { pattern: /\bnobody(?:'s)?\b/iu, instead: 'no one, or a sentence with the real subject' },
  { pattern: /\bsomebody else\b/iu, instead: 'another library, another user' },
  { pattern: /\bsomebody(?:'s)?\b/iu, instead: 'the caller, a user, another process' },
  { pattern: /\b(?:any|every)body(?:'s)?\b/iu, instead: 'a user, all users, every process' },
  { pattern: /\bwhat(?:so)?ever\b/iu, instead: 'any, all, everything that' },
  { pattern: /\bstrangers?\b/iu, instead: 'unexpected responder, unknown caller' },

  // Archaic English
  {
    pattern: new RegExp(
      `(?<!\\bthere )\\b(?:is|are|was|were) no (?!(?:${plainAfterNo})\\b)[a-z]`,
      'iu',
    ),
    instead: 'is not a, has no, there is no',
  },
  { pattern: /\b(?:beside|aside from)\b/iu, instead: 'in addition to, next to' },
  { pattern: /\bleav(?:e|es|ing) [^.;]{1,40} away\b/iu, instead: 'remove, omit' },
  { pattern: /\bleave to (?:read|send|write)\b/iu, instead: 'permission to' },
  { pattern: /\bha(?:s|ve) leave to\b/iu, instead: 'is allowed to' },
  {
    pattern: /\bof (?:its|their|his|our|your) own accord\b/iu,
    instead: 'by itself, without being asked',
  },
  { pattern: /\bas it were\b/iu, instead: 'nothing: remove it' },
  { pattern: /\bas [^.;,()]{1,30} ha(?:s|ve) it\b/iu, instead: 'as in, as documented by' },
  {
    pattern:
      /\b(?:stands?|stood|standing) (?:in|at|under|for|over|there|before|between|after|behind)\b/iu,
    instead: 'is in, represents',
  },
  { pattern: /\b(?:unless|until|if not) told\b/iu, instead: 'by default' },
  {
    pattern: /\b(?:is|are|was|were|be|being) told\b/iu,
    instead: 'receives, is informed, is configured',
  },
  { pattern: /\bfor ever\b/iu, instead: 'indefinitely, permanently' },
  { pattern: /\bby turns\b/iu, instead: 'alternately' },
  { pattern: /\bwithout a word\b/iu, instead: 'without a message, silently' },
  { pattern: /\b(?:once more|anew)\b/iu, instead: 'again' },
  { pattern: /\bnothing but\b/iu, instead: 'only' },
  {
    pattern: /\b(?:hence|thence|whence|thus|lest|thereof|wherein|hereby|upon|ought|till)\b/iu,
    instead: 'current English: from here, so, in case, on, should, until',
  },
  {
    pattern: /\b(?:go|goes|going|went) on (?:later|with|where|from|until|after|for|as|to)\b/iu,
    instead: 'continue, resume',
  },
  { pattern: /\bwell again\b/iu, instead: 'available again, closed (of a circuit)' },
  { pattern: /\bbefalls?\b|\bbefell\b/iu, instead: 'happens to' },

  // Metaphors and personification
  { pattern: /\bmend(?:s|ed|ing)?\b/iu, instead: 'fix, correct' },
  { pattern: /\bmanners\b/iu, instead: 'global options, behaviour' },
  { pattern: /\bbad days?\b/iu, instead: 'fault, outage, hostile response' },
  { pattern: /\bevil\b/iu, instead: 'hostile, malicious' },
  {
    pattern: /\b(?:led|lead|leads|leading) astray\b|\bastray\b/iu,
    instead: 'received by the malicious host',
  },
  { pattern: /\bcalls? the roll\b|\broll call\b/iu, instead: 'list all users' },
  { pattern: /\bin a box\b/iu, instead: 'local mock tenant' },
  {
    pattern: /\b(?:through the|of the|in-) ?house\b|\bhouses?\b/iu,
    instead: 'architecture, project',
  },
  { pattern: /\bvouch(?:es|ed)?\b/iu, instead: 'is issued by, is trusted by' },
  {
    pattern: /\bthe asking\b|\bask(?:s|ed|ing)? again\b/iu,
    instead: 'the request, retry, repeat the request',
  },
  { pattern: /\b(?:silence|speechless)\b/iu, instead: 'no response' },
  { pattern: /\b(?:tells?|speaks?) of\b/iu, instead: 'describes, names, reports' },
  { pattern: /\b(?:worth a look|in the way)\b/iu, instead: 'warning, blocks' },
  { pattern: /\b(?:lives?|lived) in\b/iu, instead: 'is in' },

  // Identifiers that are not terms of the field
  {
    pattern:
      /\b(?:askAgain|triedEnough|AnswerFacts|tellOfEnd|FoundValue|TokenSupply|ownSupply|ReceiptKeeper|sealsTokens)\b/u,
    instead: 'the term of the field, see docs/glossary.md',
  },
];
