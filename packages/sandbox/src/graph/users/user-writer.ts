import type { User } from '../../directory/people.ts';
import type { UserPropertyName } from '../../directory/user-values.ts';
import type { Utf8Text } from '../../directory/utf8-text.ts';

/** Appends the members of one user's JSON object, without braces. */
export type UserWriter = (user: User, out: Utf8Text) => void;

/** Property names are encoded once per request, not once per user. */
export function createUserWriter(properties: readonly UserPropertyName[]): UserWriter {
  const prefixes = properties.map((name, index) =>
    Buffer.from(`${index === 0 ? '' : ','}"${name}":`),
  );
  return (user, out) => {
    for (let index = 0; index < properties.length; index += 1) {
      out.encoded(prefixes[index]!);
      user.write(properties[index]!, out);
    }
  };
}

/** Writes the ID of a user and null for all else: what an application without permission to read users sees. */
export function createLimitedWriter(properties: readonly UserPropertyName[]): UserWriter {
  return (user, out) => {
    properties.forEach((name, index) => {
      out.ascii(`${index === 0 ? '' : ','}"${name}":`);
      if (name === 'id') user.write(name, out);
      else out.ascii('null');
    });
  };
}
