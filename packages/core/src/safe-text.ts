/**
 * The characters that a terminal or a reader of a log would act on, in text from outside: controls, marks that change
 * the direction of text, line and paragraph separators, invisible characters, and half surrogate pairs. The two joiners
 * are not among them: they only select the shape of a letter (Persian, Hindi) or of an emoji.
 */
const unsafe = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\u200B\u2060-\u2065\uFEFF]|\p{Cs}/gu;

/**
 * Returns `text` on one line, with every character that a terminal would act on as `\uXXXX`.
 *
 * @example
 * safeText('Ada\u001B[2J'); // 'Ada\\u001b[2J'
 */
export function safeText(text: string): string {
  return text.replaceAll(
    unsafe,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
