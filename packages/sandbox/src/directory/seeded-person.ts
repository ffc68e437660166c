import { draw } from './draw.ts';
import { namePools, type Name, type NamePool } from './names.ts';
import type { TenantShape } from './tenant-skew.ts';
import { partners } from './workplaces.ts';

export type PersonKind = 'member' | 'guest' | 'room' | 'service';

/** A user of the seed: every property follows from a few random numbers, and nothing is stored. */
export interface SeededPerson {
  readonly slot: number;
  readonly kind: PersonKind;
  readonly pool: NamePool;
  readonly given: Name;
  readonly surname: Name;
  /** Four independent words of 32 bits for the properties to choose by. */
  readonly traits: readonly [number, number, number, number];
  readonly shape: TenantShape;
}

const poolOfHundred = namePools.flatMap((pool) => Array.from({ length: pool.share }, () => pool));

function kindOf(word: number, { isHalfGuests }: TenantShape): PersonKind {
  if (isHalfGuests && word % 2 === 0) return 'guest';
  const thousandth = word % 1000;
  if (thousandth < 80) return 'guest';
  if (thousandth < 95) return 'room';
  return thousandth < 100 ? 'service' : 'member';
}

export function pick<T>(list: readonly T[], word: number): T {
  return list[word % list.length]!;
}

/**
 * The part of the login before `@`, in pieces before the slot's number. The number makes it unique without looking
 * and tells the slot again (`slotOfLogin`). One in 3,000 begins with `$`, which Graph takes only as `/users('…')`.
 */
export function loginPieces(person: SeededPerson): readonly [string, string, string] {
  const { kind, given, surname, traits, shape } = person;
  if (shape.hasOnePrefix) return ['employee', '.', ''];
  if (kind === 'room') return ['room', '.', ''];
  if (kind === 'service') return ['svc', '-', 'backup_'];
  const habit = traits[3] % 3000;
  if (habit === 0) return [`$${given.login}`, '.', surname.login];
  return habit % 5 === 0
    ? [given.login, '.', surname.login]
    : [given.lowerCaseLogin, '.', surname.lowerCaseLogin];
}

export function loginOf(person: SeededPerson): string {
  return loginPieces(person).join('') + person.slot;
}

export function seedPerson(seed: number, slot: number, shape: TenantShape): SeededPerson {
  const word = draw(seed, slot);
  const a = draw(word, 0);
  const b = draw(word, 1);
  const c = draw(word, 2);
  const d = draw(word, 3);
  const pool = poolOfHundred[a % 100]!;
  const kind = kindOf(b, shape);
  const given = pick(pool.given, c & 0xffff);
  const surname = pick(pool.surnames, c >>> 16);
  return {
    slot,
    kind,
    pool,
    given,
    surname,
    traits: [a, b, c, d],
    shape,
  };
}

export function slotOfLogin(userPrincipalName: string): number | undefined {
  const digits = /(\d+)(?:_[^@]*#EXT#)?@[^@]+$/i.exec(userPrincipalName)?.[1];
  return digits === undefined || digits.length > 10 ? undefined : Number(digits);
}

export function partnerOf(person: SeededPerson): string {
  return pick(partners, person.traits[2] >>> 5);
}
