import { expect, test } from 'vitest';
import { streamDefinitions } from '../../core/bus/streams.ts';
import { actionNames, actionOutcomes } from '../../core/schema/action.ts';
import { alertStates, falseAlarmReasons } from '../../core/schema/alert.ts';
import { deadlineSteps } from '../../core/schema/deadline.ts';
import { exportPurposes, exportStates } from '../../core/schema/export.ts';
import { cameraCauses } from '../../core/schema/health.ts';
import { labels } from '../../core/schema/label.ts';
import { userRoles } from '../../core/schema/role.ts';
import { pictureConditions, scenarioKinds } from '../../core/schema/scenario.ts';
import { severities } from '../../core/schema/severity.ts';
import { exportStateWord, purposeWord } from '../exports/words.ts';
import { causeWord } from '../live/words.ts';
import { streamWords } from '../pages/system/stream-words.ts';
import { roleMore, roleWord } from '../pages/system/users/role-terms.ts';
import {
  actionWord,
  conditionWord,
  dueWord,
  kindWord,
  labelWord,
  outcomeWord,
  reasonWord,
  severityWord,
  stateWord,
} from './alert-terms.ts';

const streams = streamDefinitions({ quotaBytes: 2 ** 30, tracksMaxAgeMs: 1 }).map(({ name }) => name);

/** What a schema names, beside the words of it. */
const sets = [
  ['states of an alert', stateWord, alertStates],
  ['reasons of a false alarm', reasonWord, falseAlarmReasons],
  ['kinds of scenarios', kindWord, scenarioKinds],
  ['severities', severityWord, severities],
  ['actions', actionWord, actionNames],
  ['outcomes of actions', outcomeWord, actionOutcomes],
  ['conditions of a picture', conditionWord, pictureConditions],
  ['what is due', dueWord, deadlineSteps],
  ['classes', labelWord, labels],
  ['causes of a dark camera', causeWord, cameraCauses],
  ['purposes of an export', purposeWord, exportPurposes],
  ['states of an export', exportStateWord, exportStates],
  ['roles', roleWord, userRoles],
  ['what roles may do', roleMore, userRoles],
  ['streams of the bus', streamWords, streams],
] as const;

test.each(sets)('%s all have words in both languages, and nothing else has', (_what, { words }, named) => {
  expect(Object.keys(words.zh).sort()).toEqual([...named].sort());
  expect(Object.keys(words.en).sort()).toEqual([...named].sort());
});
