import { useEffect, useState } from 'preact/hooks';
import { ownFailure } from '../../../http/ask-failure.ts';
import type { QueueAlert } from '../list/open-list.ts';
import { loadAlert } from '../queue-store.ts';

const againMs = 1000;
const maxTries = 10;

export interface Whole {
  /** Why what the list left out cannot be had. */
  failure: unknown;
  again(): void;
}

/** Asks for an alert of which only a list told; again while the history is behind that list. */
export const useWhole = ({ alertId, isPartial = false }: QueueAlert): Whole => {
  const [failure, setFailure] = useState<unknown>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    setFailure(undefined);
    if (!isPartial) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isLeft = false;
    const load = async (tries: number): Promise<void> => {
      const outcome = await loadAlert(alertId);
      if (outcome === 'whole' || isLeft) return;
      if (tries >= maxTries) throw ownFailure('deadline', 'timeout', `${alertId}: the history stays behind`);
      timer = setTimeout(() => void attempt(tries + 1), againMs);
    };
    const attempt = (tries: number): Promise<void> =>
      load(tries).catch((thrown: unknown) => {
        if (!isLeft) setFailure(thrown);
      });
    void attempt(1);
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [alertId, isPartial, turn]);
  return { failure, again: () => setTurn(turn + 1) };
};
