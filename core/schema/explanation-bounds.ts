/** How many minutes an explanation looks back on. */
export const explainedMinutes = 10;
/** Tier changes that are kept, the latest. */
export const maxTierChanges = 20;
/** Scenarios that are explained, the first by id. */
export const maxScenarios = 256;
