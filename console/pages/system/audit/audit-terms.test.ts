import { expect, test } from 'vitest';
import { alertStates } from '../../../../core/schema/alert.ts';
import { auditVerbs } from '../../../../core/schema/audit.ts';
import { language } from '../../../words/language.ts';
import { sayState, sayVerb, verbWord } from './audit-terms.ts';

test('everything that is written down about somebody has its words, and there are no others', () => {
  expect(Object.keys(verbWord.words.zh).sort()).toEqual([...auditVerbs].sort());
  expect(Object.keys(verbWord.words.en).sort()).toEqual([...auditVerbs].sort());
});

test.each(['zh', 'en'] as const)('no verb and no state is said by its key in %s', (spoken) => {
  language.value = spoken;
  for (const verb of auditVerbs) expect(sayVerb(verb)).not.toBe(verb);
  for (const state of alertStates) expect(sayState(state)).not.toBe(state);
});
