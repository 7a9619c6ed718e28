import { expect, test } from 'vitest';
import { chosenOf, createChosen, maxExportAlerts } from './chosen.ts';

test('an export takes what is chosen of a list, and all of it where nothing is', () => {
  const chosen = createChosen();
  expect(chosenOf(chosen, ['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);

  for (const id of ['c', 'a', 'b', 'b', 'elsewhere']) chosen.toggle(id);
  expect(chosenOf(chosen, ['a', 'b', 'c'])).toEqual(['a', 'c']);

  chosen.clear();
  expect(chosen.ids.value.size).toBe(0);
});

test('choosing all stops at what an export takes', () => {
  const chosen = createChosen();

  chosen.chooseAll(Array.from({ length: 300 }, (_, index) => String(index)));

  expect(chosen.ids.value.size).toBe(maxExportAlerts);
});
