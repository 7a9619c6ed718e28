/** The whole process: nothing is written, shown or listened to. Names as in motion(1) 4.5. */
export const mainConfig = (folder: string, cameraFiles: readonly string[]): string =>
  [
    'daemon off',
    'setup_mode off',
    'log_level 4',
    `log_file ${folder}/motion.log`,
    `target_dir ${folder}`,
    'webcontrol_port 0',
    'stream_port 0',
    'picture_output off',
    'movie_output off',
    ...cameraFiles.map((file) => `camera ${file}`),
    '',
  ].join('\n');

/** One camera. Frame rate, threshold and filters are left as they are. */
export const cameraConfig = (
  id: number,
  url: string,
  { width, height }: { width: number; height: number },
): string =>
  [
    `camera_id ${id}`,
    `netcam_url ${url}`,
    'netcam_params rtsp_transport=tcp',
    `width ${width}`,
    `height ${height}`,
    '',
  ].join('\n');
