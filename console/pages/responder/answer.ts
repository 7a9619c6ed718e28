import { type Signal, signal } from '@preact/signals';
import type { PictureMoment } from '../../../core/schema/alert.ts';
import { timeZone } from '../../words/site-time.ts';
import { type AnswerClient, type AnswerData, AnswerError, type Step } from './answer-client.ts';
import type { Drafts, PendingStep } from './drafts.ts';
import type { ChosenPicture, PictureBox } from './picture-box.ts';
import { Pace, sendPicture } from './send-picture.ts';
import { shrinkPicture } from './shrink-picture.ts';

/** A picture on its way: `share` of it is with the site. */
export interface WaitingPicture {
  id: string;
  when: PictureMoment;
  share: number;
  isRefused: boolean;
}

export interface AnswerDeps {
  client: AnswerClient;
  drafts: Drafts;
  box: PictureBox;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  random: () => number;
  shrink?: (picture: Blob) => Promise<Blob>;
}

export type Problem = 'taken' | 'over' | 'unknown';

/** All that the page shows, and what can be done on it. */
export interface OpenAnswer {
  data: Signal<AnswerData | undefined>;
  problem: Signal<Problem | undefined>;
  offlineSince: Signal<number | undefined>;
  pending: Signal<PendingStep | undefined>;
  isMoved: Signal<boolean>;
  picture: Signal<Blob | undefined>;
  waiting: Signal<readonly WaitingPicture[]>;
  start(): void;
  say(step: Step, why?: string): void;
  add(when: PictureMoment, file: Blob): Promise<void>;
  drop(id: string): Promise<void>;
  /** Tries again at once, when the line is said to be back. */
  wake(): void;
  /** The line is said to be gone: nobody waits for a look to fail. */
  lose(): void;
}

const lookEveryMs = 15_000;
const backoff = { baseMs: 1000, maxMs: 30_000 };
const problems: Readonly<Record<string, Problem>> = {
  'answer-taken': 'taken',
  'answer-over': 'over',
  'answer-unknown': 'unknown',
};

/**
 * Keeps a link's page and the site in step over a poor line: one thing after the other, in the order that matters (what
 * was pressed, then pictures, then a look), each tried until it is heard.
 */
export const openAnswer = ({
  client,
  drafts,
  box,
  now,
  shrink = shrinkPicture,
  sleep,
  random,
}: AnswerDeps): OpenAnswer => {
  const data = signal(drafts.answer());
  timeZone.value = data.value?.timezone ?? timeZone.value;
  const problem = signal<Problem>();
  const offlineSince = signal<number>();
  const pending = signal(drafts.pending());
  const isMoved = signal(false);
  const picture = signal<Blob>();
  const waiting = signal<readonly WaitingPicture[]>([]);
  const pace = new Pace();
  const chosen = new Map<string, ChosenPicture>();
  let wake = (): void => undefined;
  let failures = 0;

  const keep = (answer: AnswerData): void => {
    data.value = answer;
    timeZone.value = answer.timezone;
    if (answer.state === 'resolved') drafts.forget();
    else drafts.keepAnswer(answer);
  };
  const setPending = (step: PendingStep | undefined): void => {
    pending.value = step;
    drafts.keepPending(step);
  };
  const note = (id: string, facts: Partial<WaitingPicture>): void => {
    waiting.value = waiting.value.map((one) => (one.id === id ? { ...one, ...facts } : one));
  };
  const drop = async (id: string): Promise<void> => {
    chosen.delete(id);
    waiting.value = waiting.value.filter((one) => one.id !== id);
    await box.remove(id);
  };
  const show = (one: ChosenPicture): void => {
    chosen.set(one.id, one);
    waiting.value = [...waiting.value, { id: one.id, when: one.when, share: 0, isRefused: false }];
  };

  const sendStep = async ({ step, why }: PendingStep): Promise<void> => {
    try {
      keep(await client.step(step, why));
      isMoved.value = false;
    } catch (error) {
      if (!(error instanceof AnswerError) || error.isPassing || error.code in problems) throw error;
      isMoved.value = true; // somebody else was first: look again, and let it be pressed again
    }
    setPending(undefined);
  };
  const sendChosen = async (one: ChosenPicture): Promise<void> => {
    const onProgress = (share: number): void => {
      // A line that carries something, however often it breaks, is worth trying soon.
      if (share > (waiting.value.find(({ id }) => id === one.id)?.share ?? 0)) failures = 0;
      note(one.id, { share });
    };
    try {
      await sendPicture({ client, pace, now, onProgress }, one);
      await drop(one.id);
    } catch (error) {
      if (!(error instanceof AnswerError) || error.isPassing || error.code in problems) throw error;
      note(one.id, { isRefused: true });
    }
  };

  const isBusy = (): boolean =>
    pending.value !== undefined || waiting.value.some(({ isRefused }) => !isRefused);

  /** One round: a look at how it stands, then what is to be said. Resolves to whether another is due at once. */
  const round = async (): Promise<boolean> => {
    if (data.value === undefined || pending.value === undefined) keep(await client.open());
    const next = waiting.value.find(({ isRefused }) => !isRefused);
    const bytes = next && chosen.get(next.id);
    if (pending.value && (pending.value.step !== 'done' || !bytes)) await sendStep(pending.value);
    if (data.value?.hasPicture && picture.value === undefined) picture.value = await client.picture();
    if (bytes) await sendChosen(bytes);
    return bytes !== undefined || isBusy();
  };
  const run = async (): Promise<void> => {
    for (const one of await box.all()) show(one);
    while (problem.value === undefined && data.value?.state !== 'resolved') {
      let restMs = lookEveryMs;
      try {
        if (await round()) restMs = 0;
        offlineSince.value = undefined;
        failures = 0;
      } catch (error) {
        const known = error instanceof AnswerError ? problems[error.code] : undefined;
        if (known) {
          problem.value = known;
          if (known !== 'taken') drafts.forget();
          return;
        }
        offlineSince.value ??= now();
        const ceiling = Math.min(backoff.maxMs, backoff.baseMs * 2 ** failures++);
        restMs = ceiling * (0.1 + 0.9 * random());
      }
      await Promise.race([sleep(restMs), new Promise<void>((resolve) => (wake = resolve))]);
    }
  };

  return {
    ...{ data, problem, offlineSince, pending, isMoved, picture, waiting, drop },
    start: () => void run(),
    wake: () => wake(),
    lose: () => {
      offlineSince.value ??= now();
      wake(); // a look that is heard all the same takes it back
    },
    say: (step, why) => {
      setPending(why === undefined ? { step } : { step, why });
      wake();
    },
    add: async (when, file) => {
      const id = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) =>
        byte.toString(16).padStart(2, '0'),
      );
      const one = { id: id.join(''), when, bytes: await shrink(file) };
      await box.put(one);
      show(one);
      wake();
    },
  };
};
