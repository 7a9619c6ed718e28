/** Cameras one worker may hold when others are gone; its share of them when all are well is smaller. */
export const maxCamerasPerWorker = 128;
