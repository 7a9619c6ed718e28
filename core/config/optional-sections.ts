/** Sections that a site may do without. */
export const optionalSections = [
  'calendars',
  'loudspeakers',
  'webhooks',
  'upstreams',
  'responders',
  'monitoringPoints',
  'users',
] as const;
