import type { User } from '../../directory/people.ts';
import type { UserPropertyName } from '../../directory/user-values.ts';

/** Writes the members of one user's JSON object, without braces. */
export type UserWriter = (user: User) => string;

/** Property names are written once per request, not once per user. */
export function createUserWriter(properties: readonly UserPropertyName[]): UserWriter {
  const prefixes = properties.map((name, index) => `${index === 0 ? '' : ','}"${name}":`);
  return (user) => {
    let text = '';
    for (let index = 0; index < properties.length; index += 1) {
      text += prefixes[index]! + user.json(properties[index]!);
    }
    return text;
  };
}
