import type { PictureMoment } from '../../../core/schema/alert.ts';
import type { OpenAnswer, WaitingPicture } from './answer.ts';
import type { AnswerData } from './answer-client.ts';
import { say } from './words.ts';

const most = 4;

export interface PicturesProps {
  answer: OpenAnswer;
  told: AnswerData;
  when: PictureMoment;
}

/** Pictures of one moment: how many are with the site, which are on their way, and a button for another. */
export const Pictures = ({ answer, told, when }: PicturesProps) => {
  const kept = told.pictures.filter((one) => one.when === when).length;
  const waiting = answer.waiting.value.filter((one) => one.when === when);
  const isFull = kept + waiting.length >= most;
  return (
    <section>
      <h2>{say(when)}</h2>
      {kept > 0 && <p class="kept">✓ {say('kept', { count: kept })}</p>}
      {waiting.map((one) => (
        <Waiting key={one.id} one={one} onDrop={() => void answer.drop(one.id)} />
      ))}
      {isFull ? (
        <p>{say('full')}</p>
      ) : (
        <label class="button">
          {say('add')}
          <input
            type="file"
            accept="image/jpeg,image/png,image/webp"
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              currentTarget.value = '';
              if (file) void answer.add(when, file);
            }}
          />
        </label>
      )}
    </section>
  );
};

const Waiting = ({ one, onDrop }: { one: WaitingPicture; onDrop: () => void }) => (
  <div class="waiting">
    <span>
      {one.isRefused
        ? say('refused')
        : one.share > 0
          ? say('sending', { percent: Math.round(one.share * 100) })
          : say('waiting')}
    </span>
    <progress max={1} value={one.share} />
    <button type="button" class="quiet" onClick={onDrop}>
      {say('drop')}
    </button>
  </div>
);
