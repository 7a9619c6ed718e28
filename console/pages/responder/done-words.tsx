import { say } from './words.ts';

const usual = ['persuaded', 'cleared', 'handedOver', 'nothingFound'] as const;

/** What was done: one of the usual words, or others. */
export const DoneWords = ({ why, onChange }: { why: string; onChange: (text: string) => void }) => (
  <section>
    <h2>{say('doneTitle')}</h2>
    <div class="usual">
      {usual.map((key) => (
        <button
          key={key}
          type="button"
          aria-pressed={why.trim() === say(key)}
          onClick={() => onChange(say(key))}
        >
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
      onInput={({ currentTarget }) => onChange(currentTarget.value)}
    />
  </section>
);
