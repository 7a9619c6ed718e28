/** What was done, so that it can be undone. */
export interface Steps<State> {
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
}

/** As many steps back as anybody remembers. */
const maxSteps = 100;

export const begin = <State>(present: State): Steps<State> => ({ past: [], present, future: [] });

/** A step forward; what was undone before is gone. */
export const step = <State>({ past, present }: Steps<State>, next: State): Steps<State> => ({
  past: [...past, present].slice(-maxSteps),
  present: next,
  future: [],
});

export const undo = <State>(steps: Steps<State>): Steps<State> => {
  const before = steps.past.at(-1);
  if (before === undefined) return steps;
  return { past: steps.past.slice(0, -1), present: before, future: [steps.present, ...steps.future] };
};

export const redo = <State>(steps: Steps<State>): Steps<State> => {
  const [after, ...future] = steps.future;
  if (after === undefined) return steps;
  return { past: [...steps.past, steps.present], present: after, future };
};
