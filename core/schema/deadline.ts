import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { durationUpTo, PlaceCode } from './ids.ts';
import { Severity } from './severity.ts';

/** What has to be done about an alert in time: 响应, 到场, 处置. All three count from when it was raised. */
export const deadlineSteps = ['acknowledge', 'onScene', 'disposition'] as const;
export const DeadlineStep = Type.Enum(deadlineSteps);
export type DeadlineStep = (typeof deadlineSteps)[number];

export const areas = ['town', 'country'] as const;

/** What may wait for longer than a month needs no deadline. */
const Due = durationUpTo(30, 'd');

/** Deadlines of some alerts. Of several that fit, the longest place counts, then the one that names the severity. */
export const DeadlineRule = closed({
  /** Alerts of this subtree; of the whole site unless said. */
  place: Type.Optional(PlaceCode),
  /** All severities unless said. */
  severities: Type.Optional(Type.Array(Severity, { minItems: 1, maxItems: 4, uniqueItems: true })),
  /** Whose usual times hold where none is given: those of a town unless said. */
  area: Type.Optional(Type.Enum(areas)),
  acknowledge: Type.Optional(Due),
  onScene: Type.Optional(Due),
  disposition: Type.Optional(Due),
});
export type DeadlineRule = Static<typeof DeadlineRule>;

/** What is due next of an alert, and when. */
export const Deadline = closed({ step: DeadlineStep, dueAt: Type.Integer({ minimum: 0 }) });
export type Deadline = Static<typeof Deadline>;
