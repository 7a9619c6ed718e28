import type { RaisedAlert } from '../../../core/schema/alert.ts';
import { toCompactTime } from '../local-time.ts';
import { type ObjectContext, objectTypes, toObjectId, toSourceId } from './object-ids.ts';

/** The rule that an alert goes back to: `POST /VIID/AnalysisRules`. */
export const toAnalysisRules = (alert: RaisedAlert, { deviceId }: ObjectContext) => ({
  AnalysisRuleListObject: {
    AnalysisRuleObject: [
      {
        AnalysisRuleID: alert.scenarioId,
        CameraID: deviceId,
        /** Seconds. */
        MinDuration: Math.round(alert.facts.limitDwellMs / 1000),
      },
    ],
  },
});

/** The alert as a label of the camera's video: `POST /VIID/VideoLabels`. */
export const toVideoLabels = (alert: RaisedAlert, context: ObjectContext) => ({
  VideoLabelListObject: {
    VideoLabelObject: [
      {
        VideoLabelID: toObjectId(toSourceId(alert, context), objectTypes.label, 1),
        EventRuleID: alert.scenarioId,
        CameraID: context.deviceId,
        CreateTimeAbs: toCompactTime(alert.raisedAt, context.timezone),
      },
    ],
  },
});
