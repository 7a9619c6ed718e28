import { describe, expect, it } from 'vitest';
import { nearness, type Spot } from './near.ts';

const village = '431103110201';
const at = (east: number, facts: Partial<Spot> = {}): Spot => ({
  place: village,
  // At this latitude a thousandth of a degree of longitude is 99.6 m.
  location: { longitude: 111.6 + east / 99_600, latitude: 26.4 },
  ...facts,
});

describe('nearness', () => {
  it.each<[string, Spot, Spot, string]>([
    ['within 150 m', at(0), at(149), 'near'],
    ['beyond 150 m', at(0), at(152), 'apart'],
    [
      'of one installation, however far apart',
      at(0, { installation: 'school' }),
      at(900, { installation: 'school' }),
      'near',
    ],
    [
      'of installations of two townships with one name',
      { place: village, installation: 'school' },
      { place: '431103111201', installation: 'school' },
      'apart',
    ],
    ['of two installations', at(0, { installation: 'school' }), at(900, { installation: 'market' }), 'apart'],
    ['of one village, one without a location', at(0), { place: village }, 'village'],
    ['of two villages, without locations', { place: village }, { place: '431103110202' }, 'apart'],
    ['of a township, without locations', { place: '431103110' }, { place: '431103110' }, 'apart'],
    ['across the line between two villages', at(0), at(100, { place: '431103110202' }), 'near'],
  ])('of two cameras %s', (_, a, b, expected) => {
    expect([nearness(a, b), nearness(b, a)]).toEqual([expected, expected]);
  });

  it('measures across the whole earth without a number that is none', () => {
    const pole = { place: village, location: { longitude: 0, latitude: 90 } };
    const opposite = { place: village, location: { longitude: 180, latitude: -90 } };

    expect(nearness(pole, opposite)).toBe('apart');
  });
});
