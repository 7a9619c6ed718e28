/** What evidence of an alert is kept in. */
export const mediums = ['snapshot', 'clip'] as const;
