import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import { EvidenceImage } from './evidence-image.tsx';

afterEach(() => vi.useRealTimers());

const shown = async () => {
  const root = document.createElement('div');
  await act(() => render(<EvidenceImage class="media" address="/a/snapshot" alt="" />, root));
  return root;
};

test('a picture that is told of before it can be had is asked for again', async () => {
  vi.useFakeTimers();
  const root = await shown();
  const first = root.querySelector('img');

  await act(() => void first?.dispatchEvent(new Event('error')));
  await act(() => void vi.advanceTimersByTime(1500));

  expect(root.querySelector('img')).not.toBe(first);
  expect(root.querySelector('img')?.getAttribute('src')).toBe('/a/snapshot');
});

test('one that never comes is not asked for without end', async () => {
  vi.useFakeTimers();
  const root = await shown();
  const seen = new Set<Element | null>();
  for (let turn = 0; turn < 30; turn++) {
    seen.add(root.querySelector('img'));
    await act(() => void root.querySelector('img')?.dispatchEvent(new Event('error')));
    await act(() => void vi.advanceTimersByTime(1500));
  }

  expect(seen.size).toBe(11);
});
