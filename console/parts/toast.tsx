import { signal } from '@preact/signals';
import { failureWords } from '../words/failure-words.ts';
import { FailureDetail } from './failure-text.tsx';

interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'good' | 'bad';
  failure?: unknown;
}

const toasts = signal<readonly Toast[]>([]);
const maxToasts = 4;
const shownMs = { plain: 5000, good: 5000, bad: 12_000 } as const;
let count = 0;

/** Says something for some seconds, on the screen and to who listens to it. */
export const tell = (text: string, tone: Toast['tone'] = 'plain', failure?: unknown): void => {
  const toast = { id: ++count, text, tone, failure };
  toasts.value = [...toasts.value, toast].slice(-maxToasts);
  setTimeout(() => {
    toasts.value = toasts.value.filter(({ id }) => id !== toast.id);
  }, shownMs[tone]);
};

/** Says why something could not be done. */
export const tellFailure = (failure: unknown): void => tell(failureWords(failure), 'bad', failure);

/** Where what is told appears; once, in the shell. */
export const Toasts = () => (
  <div class="toasts" role="status" aria-live="polite">
    {toasts.value.map(({ id, text, tone, failure }) => (
      <div key={id} class={`toast ${tone}`}>
        {text}
        {failure !== undefined && <FailureDetail failure={failure} />}
      </div>
    ))}
  </div>
);
