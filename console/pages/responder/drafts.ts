import type { Language } from '../../words/language.ts';
import type { AnswerData, Step } from './answer-client.ts';

/** What was pressed and has not been heard yet. */
export interface PendingStep {
  step: Step;
  why?: string;
}

/** What the telephone keeps of a link, so that closing the page loses nothing. */
export interface Drafts {
  answer(): AnswerData | undefined;
  keepAnswer(answer: AnswerData): void;
  why(): string;
  keepWhy(text: string): void;
  pending(): PendingStep | undefined;
  keepPending(step: PendingStep | undefined): void;
  language(): Language | undefined;
  keepLanguage(language: Language): void;
  /** The link is over: nothing of it stays. */
  forget(): void;
}

/** A telephone may refuse to keep anything (private windows): then it is as if nothing had been kept. */
export const openDrafts = (storage: Storage, token: string): Drafts => {
  const keyOf = (what: string): string => `answer.${token}.${what}`;
  const read = (key: string): unknown => {
    try {
      return JSON.parse(storage.getItem(key) ?? 'null');
    } catch {
      return undefined;
    }
  };
  const write = (key: string, value: unknown): void => {
    try {
      if (value === undefined) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(value));
    } catch {
      // full or refused
    }
  };
  return {
    answer: () => (read(keyOf('answer')) ?? undefined) as AnswerData | undefined,
    keepAnswer: (answer) => write(keyOf('answer'), answer),
    why: () => String(read(keyOf('why')) ?? ''),
    keepWhy: (text) => write(keyOf('why'), text),
    pending: () => (read(keyOf('pending')) ?? undefined) as PendingStep | undefined,
    keepPending: (step) => write(keyOf('pending'), step),
    language: () => (read('answer.language') ?? undefined) as Language | undefined,
    keepLanguage: (language) => write('answer.language', language),
    forget: () => {
      for (const what of ['answer', 'why', 'pending']) write(keyOf(what), undefined);
    },
  };
};
