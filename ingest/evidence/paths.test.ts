import { join, relative, sep } from 'node:path';
import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { alertFolderOf, evidencePathOf, isAlertId, raisedAtOf } from './paths.ts';

const folder = join(sep, 'evidence');

/** Small seeded generator (mulberry32), so that a failure can be repeated. */
const randomFrom = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

describe('evidencePathOf', () => {
  it('puts evidence into the folder of the UTC day that the id carries', () => {
    const alertId = ulid(Date.UTC(2026, 0, 5, 23, 59, 59));

    expect(evidencePathOf(folder, alertId, 'snapshot')).toBe(
      join(folder, '2026', '01', '05', alertId, 'snapshot.jpg'),
    );
    expect(evidencePathOf(folder, alertId, 'clip')).toBe(
      join(folder, '2026', '01', '05', alertId, 'clip.mp4'),
    );
  });

  it.each([
    ['the first id there can be', '0'.repeat(26), join('1970', '01', '01')],
    ['the last id there can be', `7${'Z'.repeat(25)}`, join('10889', '08', '02')],
  ])('has a day for %s', (_, alertId, day) => {
    expect(alertFolderOf(folder, alertId)).toBe(join(folder, day, alertId));
  });

  it.each([
    '',
    '..',
    '../../etc/passwd',
    `${'0'.repeat(25)}/`,
    `${'0'.repeat(26)}\n`,
    `8${'0'.repeat(25)}`,
    '0'.repeat(27),
    ulid().toLowerCase(),
    '__proto__',
  ])('refuses %j as an alert id', (text) => {
    expect(() => evidencePathOf(folder, text, 'clip')).toThrow(/evidence is kept by ULID/);
  });

  it('refuses a medium that it does not know', () => {
    expect(() => evidencePathOf(folder, ulid(), 'constructor' as 'clip')).toThrow(/medium must be one of/);
  });

  it('never leads out of the folder, whatever the id', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = randomFrom(seed);
    const other = '8ilou./\\\0 \n%~é0Z';
    let validCount = 0;
    for (let round = 0; round < 3000; round++) {
      const letters = [...ulid(Math.floor(random() * 2 ** 48), random)];
      const changes = Math.floor(random() * 3);
      for (let change = 0; change < changes; change++) {
        letters[Math.floor(random() * 27)] = other[Math.floor(random() * other.length)] ?? '';
      }
      const text = letters.join('');
      if (!isAlertId(text)) {
        expect(() => evidencePathOf(folder, text, 'clip'), `seed ${seed}`).toThrow();
        continue;
      }
      validCount++;
      const parts = relative(folder, evidencePathOf(folder, text, 'clip')).split(sep);
      expect(parts.slice(3), `seed ${seed}`).toEqual([text, 'clip.mp4']);
      expect(Number.isFinite(raisedAtOf(text)), `seed ${seed}`).toBe(true);
    }
    expect(validCount, `seed ${seed}`).toBeGreaterThan(500);
  });
});
