/** What a live picture is now. Only in `live` is the picture one of this moment. */
export type LiveState =
  | { name: 'resting' }
  | { name: 'connecting' }
  | { name: 'live' }
  /** Pictures came, and come no more; `since`: of this browser's clock. */
  | { name: 'stalled'; since: number }
  /** The camera gives none. */
  | { name: 'dead'; reason: string }
  | { name: 'refused'; code: string };

const dark = /^camera-(dark|unwatched|not-held)\b/;
const refusals =
  /^(live-full|mpeg1-full|streams-exhausted|signed-out|right-missing|camera-unknown|not-signed-in)\b/;
/** Nothing that waiting would change. */
const finals = /^(signed-out|right-missing|camera-unknown|not-signed-in)\b/;

/** What the end of a stream means, by its reason; nothing when it is only to be tried again. */
export const stateOfEnd = (reason: string): LiveState | undefined => {
  if (dark.test(reason)) return { name: 'dead', reason };
  const code = refusals.exec(reason)?.[1];
  return code === undefined ? undefined : { name: 'refused', code };
};

export const isFinal = (reason: string): boolean => finals.test(reason);
