const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const days = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const longDays = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day';
const time = String.raw`(?<h>\d\d):(?<m>\d\d):(?<s>\d\d)`;

/** The three forms of RFC 9110, section 5.6.7: IMF-fixdate, and the obsolete RFC 850 and asctime. */
const forms = [
  new RegExp(String.raw`^${days}, (?<d>\d\d) (?<mon>\w{3}) (?<y>\d{4}) ${time} GMT$`),
  new RegExp(String.raw`^${longDays}, (?<d>\d\d)-(?<mon>\w{3})-(?<yy>\d\d) ${time} GMT$`),
  new RegExp(String.raw`^${days} (?<mon>\w{3}) (?<d>[ \d]\d) ${time} (?<y>\d{4})$`),
];

/** A two-digit year that seems over 50 years ahead is in the past (RFC 9110). */
function fullYear(twoDigits: number, now: number): number {
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + twoDigits;
  return year > thisYear + 50 ? year - 100 : year;
}

/**
 * Milliseconds since 1970 of a date in an HTTP header, or undefined. Strict on purpose: `Date.parse` reads
 * `5` and `-5` as dates.
 * @param now wall clock, for two-digit years
 */
export function parseHttpDate(text: string, now: number): number | undefined {
  for (const form of forms) {
    const parts = form.exec(text)?.groups;
    if (parts === undefined) continue;
    const month = months.indexOf(parts['mon'] ?? '');
    const day = Number(parts['d']);
    const year =
      parts['yy'] === undefined ? Number(parts['y']) : fullYear(Number(parts['yy']), now);
    const [h, m, s] = [Number(parts['h']), Number(parts['m']), Number(parts['s'])];
    if (month < 0 || h > 23 || m > 59 || s > 60) return undefined;
    const instant = Date.UTC(year, month, day, h, m, s);
    // Date.UTC rolls the 31st of February over into March.
    return new Date(instant - (s === 60 ? 1000 : 0)).getUTCDate() === day ? instant : undefined;
  }
  return undefined;
}
