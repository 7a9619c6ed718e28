import { useEffect, useState } from 'preact/hooks';
import { type AskOptions, ask, toAddress } from '../../../http/ask.ts';

export interface Asking<Answer> {
  answer: Answer | undefined;
  failure: unknown;
  retry(): void;
}

/** Reckoning up a year takes longer than a step. */
const deadlineMs = 60_000;

/** What the API answers to a path and query, asked again when they change; nothing while there is no query. */
export const useAnswer = <Answer>(path: string, query: AskOptions['query'] | undefined): Asking<Answer> => {
  const address = query && toAddress(path, query);
  const [state, setState] = useState<{ address?: string | undefined; answer?: Answer; failure?: unknown }>(
    {},
  );
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (address === undefined) return;
    const leaving = new AbortController();
    setState({ address });
    ask<Answer>(address, { signal: leaving.signal, deadlineMs }).then(
      (answer) => setState({ address, answer }),
      (failure: unknown) => {
        if (!leaving.signal.aborted) setState({ address, failure });
      },
    );
    return () => leaving.abort();
  }, [address, tries]);
  const isOf = state.address === address;
  return {
    answer: isOf ? state.answer : undefined,
    failure: isOf ? state.failure : undefined,
    retry: () => setTries(tries + 1),
  };
};
