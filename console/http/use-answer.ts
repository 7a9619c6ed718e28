import { useCallback, useEffect, useState } from 'preact/hooks';
import { type AskOptions, ask, toAddress } from './ask.ts';
import { poll } from './poll.ts';

export interface Asked<Answer> {
  /** The latest there was; it stays while newer ones cannot be had. */
  answer: Answer | undefined;
  /** Why the last asking came to nothing. */
  failure: unknown;
  again(): void;
}

/** What the API answers, asked again every `everyMs` (once unless said) and whenever path or query change. */
export const useAnswer = <Answer>(
  path: string | undefined,
  { query, everyMs, deadlineMs }: Pick<AskOptions, 'query' | 'deadlineMs'> & { everyMs?: number } = {},
  read: (path: string, options: AskOptions) => Promise<Answer> = ask,
): Asked<Answer> => {
  const address = path === undefined ? undefined : toAddress(path, query);
  const [found, setFound] = useState<{ address?: string; answer?: Answer; failure?: unknown }>({});
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (address === undefined) return;
    const load = async (signal: AbortSignal): Promise<void> => {
      try {
        const answer = await read(address, { signal, ...(deadlineMs === undefined ? {} : { deadlineMs }) });
        if (!signal.aborted) setFound({ address, answer });
      } catch (failure) {
        if (!signal.aborted)
          setFound((before) => (before.address === address ? { ...before, failure } : { address, failure }));
        throw failure;
      }
    };
    if (everyMs !== undefined) return poll(everyMs, load);
    const leaving = new AbortController();
    load(leaving.signal).catch(() => undefined); // what became of it is shown
    return () => leaving.abort();
  }, [address, everyMs, turn]);
  const again = useCallback(() => setTurn((count) => count + 1), []);
  const isOurs = found.address === address;
  return { answer: isOurs ? found.answer : undefined, failure: isOurs ? found.failure : undefined, again };
};
