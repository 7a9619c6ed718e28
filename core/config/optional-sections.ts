/** Sections that a site may do without. */
export const optionalSections = [
  'calendars',
  'loudspeakers',
  'webhooks',
  'responders',
  'monitoringPoints',
  'subscribers',
  'users',
] as const;
