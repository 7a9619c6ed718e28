/** Why a frame that could have been looked at was not. */
export const dropReasons = ['quiet', 'behind', 'shed', 'detector-busy'] as const;
