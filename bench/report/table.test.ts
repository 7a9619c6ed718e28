import { describe, expect, it } from 'vitest';
import { showTable } from './table.ts';

describe('showTable', () => {
  it('puts figures into columns and says which targets are met', () => {
    const text = showTable([
      { name: 'cameras per core', value: '70.1', target: '≥ 63', isMet: true },
      { name: '  live', value: '126/126', target: '', isMet: undefined },
      { name: 'memory', value: '5 MB', target: '≤ 4 MB', isMet: false },
    ]);

    expect(text.split('\n')).toEqual([
      'figure            measured  target',
      '─'.repeat(43),
      'cameras per core  70.1      ≥ 63    met',
      '  live            126/126',
      'memory            5 MB      ≤ 4 MB  NOT met',
    ]);
  });
});
