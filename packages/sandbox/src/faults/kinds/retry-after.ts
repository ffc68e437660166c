const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The three forms of an HTTP date (RFC 9110, 5.6.7). */
const dateForms = {
  date: (date: Date) => date.toUTCString(),
  rfc850: (date: Date) => {
    const [, day = '', month = '', year = '', time = ''] = date.toUTCString().split(' ');
    return `${days[date.getUTCDay()]}, ${day}-${month}-${year.slice(2)} ${time} GMT`;
  },
  asctime: (date: Date) => {
    const [weekday = '', day = '', month = '', year = '', time = ''] = date
      .toUTCString()
      .split(' ');
    return `${weekday.slice(0, 3)} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
  },
} as const;

/** A `Retry-After` header's value or values: as given, or `date:N`, `rfc850:N`, `asctime:N` for N seconds from now. */
export function retryAfterHeader(
  given: string | number | readonly string[],
  now: Date,
): string | string[] {
  if (typeof given === 'object') return given.map((one) => String(retryAfterHeader(one, now)));
  const [form = '', seconds = ''] = String(given).split(':');
  const format = Object.hasOwn(dateForms, form)
    ? dateForms[form as keyof typeof dateForms]
    : undefined;
  return format === undefined
    ? String(given)
    : format(new Date(now.getTime() + Number(seconds) * 1000));
}
