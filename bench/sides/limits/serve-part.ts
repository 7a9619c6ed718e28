/** What of a part is measured, once it is open. */
export interface Part<Times> {
  /** One after the other, with nothing between. */
  inLoop(): Times | Promise<Times>;
  /** When it is due in a town. */
  atPace(seconds: number): Promise<Times>;
}

/** How an open part is to be measured; answered with its times. */
export type PartMeasure = { kind: 'loop' } | { kind: 'pace'; seconds: number };

/** What comes first, answered with `open`, and what comes then. */
export type PartDemand<Options> = { kind: 'open'; options: Options } | PartMeasure;

/** Serves the demands of the process that started this one, until that lets go of it. */
export const servePart = <Options, Times>(open: (options: Options) => Promise<Part<Times>>): void => {
  let part: Part<Times> | undefined;
  const answer = async (demand: PartDemand<Options>): Promise<Times | 'open' | undefined> => {
    if (demand.kind === 'pace') return part?.atPace(demand.seconds);
    if (demand.kind === 'loop') return part?.inLoop();
    part = await open(demand.options);
    return 'open';
  };
  process.on('message', (demand: PartDemand<Options>) => {
    void answer(demand).then((said) => process.send?.(said));
  });
  process.on('disconnect', () => process.exit());
};
