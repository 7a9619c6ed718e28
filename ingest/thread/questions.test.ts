import { expect, test } from 'vitest';
import type { FromCameraThread } from './messages.ts';
import { Questions } from './questions.ts';

const scriptedQuestions = () => {
  const posted: FromCameraThread[] = [];
  return { posted, questions: new Questions((message) => posted.push(message)) };
};

const connect = { what: 'connect', installation: 'town' } as const;

test('gives each question its own answer', async () => {
  const { questions, posted } = scriptedQuestions();
  const asked = [questions.ask(connect), questions.ask({ what: 'room', sizeBytes: 5 })];

  questions.answer(2, false);
  questions.answer(1, true);

  expect(await Promise.all(asked)).toEqual([true, false]);
  expect(posted).toEqual([
    { type: 'ask', ticket: 1, question: connect },
    { type: 'ask', ticket: 2, question: { what: 'room', sizeBytes: 5 } },
  ]);
});

test('takes a question back when nobody wants the answer any more', async () => {
  const { questions, posted } = scriptedQuestions();
  const over = new AbortController();
  const asked = questions.ask(connect, over.signal);

  over.abort();
  questions.answer(1, true);

  expect(await asked).toBe(false);
  expect(posted.at(-1)).toEqual({ type: 'ask-no-more', ticket: 1 });
});

test('asks nothing when it is over before it began', async () => {
  const { questions, posted } = scriptedQuestions();

  expect(await questions.ask(connect, AbortSignal.abort())).toBe(false);
  expect(posted).toEqual([]);
});

test('does not mind an answer that nobody asked for', () => {
  expect(() => scriptedQuestions().questions.answer(9, true)).not.toThrow();
});
