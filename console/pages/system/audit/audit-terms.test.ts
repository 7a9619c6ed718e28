import { expect, test } from 'vitest';
import { auditVerbs } from '../../../../core/schema/audit.ts';
import { verbWord } from './audit-terms.ts';

test('everything that is written down about somebody has its words, and there are no others', () => {
  expect(Object.keys(verbWord.words.zh).sort()).toEqual([...auditVerbs].sort());
  expect(Object.keys(verbWord.words.en).sort()).toEqual([...auditVerbs].sort());
});
