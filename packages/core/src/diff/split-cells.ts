/**
 * Splits one row of separated values into its cells. A quoted cell can contain delimiters, line breaks and doubled
 * quotes (RFC 4180).
 * @returns undefined when a quoted cell is not closed, or text follows its closing quote
 */
export function splitCells(row: string, delimiter: string): readonly string[] | undefined {
  const text = row.replace(/\r?\n$/u, '');
  if (!text.includes('"')) return text.split(delimiter);
  const cells: string[] = [];
  for (let at = 0; at <= text.length;) {
    if (text[at] !== '"') {
      const end = text.indexOf(delimiter, at);
      cells.push(text.slice(at, end === -1 ? text.length : end));
      at = end === -1 ? text.length + 1 : end + 1;
      continue;
    }
    let end = at + 1;
    while (end < text.length && (text[end] !== '"' || text[end + 1] === '"'))
      end += text[end] === '"' ? 2 : 1;
    if (end >= text.length) return undefined;
    cells.push(text.slice(at + 1, end).replaceAll('""', '"'));
    if (end + 1 < text.length && text[end + 1] !== delimiter) return undefined;
    at = end + 2;
  }
  return cells;
}
