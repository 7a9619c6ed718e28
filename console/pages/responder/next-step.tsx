import type { OpenAnswer } from './answer.ts';
import type { AnswerData } from './answer-client.ts';
import { clock } from './time.ts';
import { say } from './words.ts';

/** The one thing that comes next, where the thumb is. */
export const NextStep = ({ answer, told, why }: { answer: OpenAnswer; told: AnswerData; why: string }) => {
  const { pending, isMoved, waiting } = answer;
  const [first] = told.next;
  if (first === undefined) return null;
  const words = first === 'done' ? why.trim() : undefined;
  const isSending = pending.value !== undefined;
  const isUploading = waiting.value.some(({ isRefused }) => !isRefused);
  const sending = first === 'done' && isUploading ? 'uploadsFirst' : 'sendingStep';
  return (
    <footer>
      {isMoved.value && <p role="alert">{say('moved')}</p>}
      {told.acceptedAt !== undefined && first === 'arrived' && (
        <p>{say('accepted', { time: clock(told.acceptedAt) })}</p>
      )}
      {words === '' && <p>{say('whyFirst')}</p>}
      <button
        type="button"
        class="next"
        disabled={words === '' || isSending}
        onClick={() => answer.say(first, words)}
      >
        {say(isSending ? sending : first)}
      </button>
    </footer>
  );
};
