/** Sections that a site may do without. */
export const optionalSections = [
  'calendars',
  'loudspeakers',
  'webhooks',
  'upstreams',
  'responders',
  'monitoringPoints',
  'subscribers',
  'users',
  'keys',
] as const;
