/** Sections that a site may do without. */
export const optionalSections = ['calendars', 'loudspeakers', 'webhooks', 'users'] as const;
