import { useEffect } from 'preact/hooks';
import { tellFailure } from '../../../parts/toast.tsx';
import type { QueueAlert } from '../list/open-list.ts';
import { loadAlert } from '../queue-store.ts';

const againMs = 1000;
const maxTries = 10;

/** Asks for an alert of which only a list told; again while the history is behind that list. */
export const useWhole = ({ alertId, isPartial = false }: QueueAlert): void => {
  useEffect(() => {
    if (!isPartial) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async (tries: number): Promise<void> => {
      const outcome = await loadAlert(alertId);
      if (outcome === 'behind' && tries < maxTries)
        timer = setTimeout(() => void attempt(tries + 1), againMs);
    };
    const attempt = (tries: number): Promise<void> =>
      load(tries).catch((failure: unknown) => tellFailure(failure));
    void attempt(1);
    return () => clearTimeout(timer);
  }, [alertId, isPartial]);
};
