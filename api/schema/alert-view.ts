import { type Static, Type } from 'typebox';
import { nextDeadline } from '../../core/deadlines.ts';
import { Alert } from '../../core/schema/alert.ts';
import { closed } from '../../core/schema/closed.ts';
import { Deadline } from '../../core/schema/deadline.ts';
import type { SiteSettings } from '../../core/schema/site.ts';
import { exampleAlert } from './example-alert.ts';
import { named } from './named.ts';

/** An alert, and what is due next of it. */
export const AlertView = named('Alert', {
  ...closed({
    ...Alert.properties,
    nextDeadline: Type.Optional({
      ...Deadline,
      description: 'what somebody has to do next, and by when; also when that is past',
    }),
  }),
  examples: [{ ...exampleAlert, nextDeadline: { step: 'onScene', dueAt: exampleAlert.raisedAt + 180_000 } }],
});
export type AlertView = Static<typeof AlertView>;

/** Computed as it is answered: rules may change while the alert stands. */
export const toAlertView = (alert: Alert, { deadlines = [] }: SiteSettings): AlertView => {
  const next = nextDeadline(alert, deadlines);
  return next ? { ...alert, nextDeadline: next } : alert;
};
