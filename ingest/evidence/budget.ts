/** Runs at most `width` tasks at a time, the others in the order they came. */
export interface Lane {
  run<T>(task: () => Promise<T>): Promise<T>;
}

const createLane = (width: number): Lane => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    async run(task) {
      if (running >= width) await new Promise<void>((go) => waiting.push(go));
      else running++;
      try {
        return await task();
      } finally {
        const next = waiting.shift();
        // A waiting task takes over this one's place, so `running` stays as it is.
        if (next) next();
        else running--;
      }
    },
  };
};

export interface EvidenceBudgetLimits {
  /** Requests that are not finished, over all cameras of the thread. */
  maxPending: number;
  /** Bytes of packets kept for clips, over all cameras of the thread. */
  maxHeldBytes: number;
}

/** What the cameras of one thread share: how much evidence may be under way. */
export interface EvidenceBudget {
  /** Counts one request in; false when there are too many. */
  admit(): boolean;
  /** Counts one request out. */
  leave(): void;
  addHeldBytes(delta: number): void;
  readonly pending: number;
  readonly heldBytes: number;
  readonly isFull: boolean;
  readonly snapshots: Lane;
  readonly clips: Lane;
}

/** Decoding a long GOP takes a pool thread for a second or more: two at a time leave the cameras their cores. */
const snapshotsAtOnce = 2;
/** Muxing is short and mostly waits for the disk. */
const clipsAtOnce = 2;

/** Makes the bounds that all recorders of one thread share. The lanes' queues are bounded by `maxPending`. */
export const createEvidenceBudget = ({
  maxPending = 64,
  maxHeldBytes = 256 * 1024 * 1024,
}: Partial<EvidenceBudgetLimits> = {}): EvidenceBudget => {
  let pending = 0;
  let heldBytes = 0;
  return {
    admit() {
      if (pending >= maxPending) return false;
      pending++;
      return true;
    },
    leave() {
      pending--;
    },
    addHeldBytes(delta) {
      heldBytes += delta;
    },
    get pending() {
      return pending;
    },
    get heldBytes() {
      return heldBytes;
    },
    get isFull() {
      return heldBytes >= maxHeldBytes;
    },
    snapshots: createLane(snapshotsAtOnce),
    clips: createLane(clipsAtOnce),
  };
};
