/** Routes that answer for as long as somebody listens: they have a walk of their own. */
export const streamRoutes = [
  'GET /api/v1/alerts/events',
  'GET /api/v1/alerts/socket',
  'GET /api/v1/cameras/:cameraId/live',
] as const;
