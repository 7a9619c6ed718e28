import { describe, expect, it } from 'vitest';
import { rightFor as apiRightFor } from '../../../../api/steps/step-rules.ts';
import { nextStatesOf } from '../../../../core/alert-steps.ts';
import { alertStates } from '../../../../core/schema/alert.ts';
import { isAllowed, rightFor } from './allowed.ts';

describe('steps that the screen offers', () => {
  it('are those that the API takes', () => {
    for (const from of alertStates) {
      expect(alertStates.filter((to) => isAllowed(from, to)).sort()).toEqual([...nextStatesOf(from)].sort());
    }
  });

  it('ask for the right that the API asks for', () => {
    for (const to of alertStates) expect(rightFor(to)).toBe(apiRightFor(to));
  });
});
