/** Wide enough for a page, and for most terminals. */
const width = 112;

/** A line of the doctor: its columns before the message, and the message. */
const line = /^(?<front>(?:\S [a-zA-Z ]+? +N ms {2}| {8,})(?:[→•] )?)(?<words>.*)$/u;

/**
 * Returns the text with placeholders for the values that differ between runs.
 * @param words the placeholders, by value
 */
export function inWordsOf(text: string, words: Readonly<Record<string, string>>): string {
  return Object.entries(words)
    .toSorted(([one], [other]) => other.length - one.length)
    .reduce((said, [from, to]) => said.replaceAll(from, to), text)
    .replaceAll(/request [\da-f]{8}-[\da-f-]{27}/gu, 'request ID')
    .replaceAll(/\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d:\d\d(?:\.\d{3}Z)?)?/gu, 'DATE')
    .replaceAll(
      /^(\S [a-zA-Z ]+?)( +\d+)(?= ms {2})/gmu,
      (_, step: string, time: string) => step + 'N'.padStart(time.length),
    )
    .replaceAll(/\d+(?= ms)/gu, 'N');
}

/** What the doctor printed, as docs/doctor.md shows it: on a terminal of some width, and in plain words. */
export function asPrinted(text: string, words: Readonly<Record<string, string>>): string {
  return inWordsOf(text, words).split('\n').flatMap(wrapped).join('\n');
}

function wrapped(text: string): readonly string[] {
  const { front = '', words = text } = line.exec(text)?.groups ?? {};
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && front.length + last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((each, at) => (at === 0 ? front : ' '.repeat(front.length)) + each);
}
