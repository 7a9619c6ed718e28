import { useState } from 'preact/hooks';
import type { PageProps } from './page.tsx';
import { say } from './words.ts';

const usual = ['persuaded', 'cleared', 'handedOver', 'nothingFound'] as const;

/** What was done, in a word or two, and the button that ends the task. */
export const DonePanel = ({ answer, drafts }: PageProps) => {
  const [why, setWhy] = useState(drafts.why());
  const change = (text: string): void => {
    setWhy(text);
    drafts.keepWhy(text);
  };
  const isSending = answer.pending.value !== undefined;
  const isUploading = answer.waiting.value.some(({ isRefused }) => !isRefused);
  const words = why.trim();
  return (
    <>
      <h2>{say('doneTitle')}</h2>
      <div class="usual">
        {usual.map((key) => (
          <button key={key} type="button" aria-pressed={words === say(key)} onClick={() => change(say(key))}>
            {say(key)}
          </button>
        ))}
      </div>
      <textarea
        rows={2}
        maxLength={500}
        value={why}
        placeholder={say('whyHint')}
        aria-label={say('whyHint')}
        onInput={({ currentTarget }) => change(currentTarget.value)}
      />
      <button
        type="button"
        class="next"
        disabled={words === '' || isSending}
        onClick={() => answer.say('done', words)}
      >
        {isSending ? say(isUploading ? 'uploadsFirst' : 'sendingStep') : say('done')}
      </button>
    </>
  );
};
