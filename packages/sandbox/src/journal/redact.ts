const redacted = '[redacted]';
const secretNames =
  /^(?:client_secret|client_assertion|assertion|access_token|id_token|password|secret|code|sig)$/iu;

/**
 * The target of a request (path and query, as sent) as it may be written down: the values of parameters that carry
 * credentials are replaced. The path is kept to the byte, so that a test sees what really arrived.
 */
export function redactTarget(target: string): string {
  const mark = target.indexOf('?');
  if (mark < 0) return target;
  const query = target
    .slice(mark + 1)
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1);
      return secretNames.test(decodeName(name)) ? `${name}=${redacted}` : pair;
    });
  return `${target.slice(0, mark)}?${query.join('&')}`;
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
