import type { Export, ExportState, ExportStep, ExportStepTo } from './schema/export.ts';

/** Unanswered so long, nobody remembers what it was for. */
export const unansweredMs = 24 * 3_600_000;
/** An approval is for now, not for ever. */
export const approvedMs = 7 * 24 * 3_600_000;

/** Until when it waits or is good; nothing where the time changes nothing any more. */
export const exportExpiresAt = ({ at, steps }: Export): number | undefined => {
  const last = steps.at(-1);
  if (last === undefined) return at + unansweredMs;
  return last.to === 'approved' ? last.at + approvedMs : undefined;
};

export const exportStateAt = (exported: Export, now: number): ExportState => {
  const expiresAt = exportExpiresAt(exported);
  if (expiresAt !== undefined && now >= expiresAt) return 'expired';
  return exported.steps.at(-1)?.to ?? 'asked';
};

const fromStates: Readonly<Record<ExportStepTo, readonly ExportState[]>> = {
  approved: ['asked'],
  refused: ['asked'],
  // Whoever asked may change their mind as long as it is good.
  withdrawn: ['asked', 'approved'],
};

/** Whether an export may be brought there at this moment. */
export const mayStepExport = (exported: Export, to: ExportStepTo, now: number): boolean =>
  fromStates[to].includes(exportStateAt(exported, now));

export const stepExport = (exported: Export, step: ExportStep): Export => ({
  ...exported,
  steps: [...exported.steps, step],
});

const codeLengths = [12, 9, 6, 4];

/** The smallest place that holds all of these; nothing when they have no prefecture in common. */
export const placeOfAll = (places: readonly string[]): string | undefined => {
  const [first] = places;
  const length = codeLengths.find((wanted) =>
    places.every((place) => place.length >= wanted && place.slice(0, wanted) === first?.slice(0, wanted)),
  );
  return length === undefined ? undefined : first?.slice(0, length);
};
