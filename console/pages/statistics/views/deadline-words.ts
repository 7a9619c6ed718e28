import type { StatisticsLegend } from '../../../../api/schema/legend-view.ts';
import { severityWord } from '../../../words/alert-terms.ts';
import { placeWords } from '../../../words/place-words.ts';
import { saySpan } from '../../../words/span.ts';
import { legend } from '../asked/legend.ts';
import { word } from '../words.ts';

type Rule = StatisticsLegend['deadlines'][number];

export const deadlineRows = (): readonly Rule[] => legend.value?.deadlines ?? [];

/** `全部辖区：受理 1 分钟、到场 3 分钟、处置 5 分钟`. */
export const deadlineWords = (rule: Rule): string => {
  const of = rule.place === '' ? word('wholeSite') : placeWords(rule.place);
  const severities = rule.severities.map((one) => severityWord(one)).join(word('listComma'));
  return word('deadlineRule', {
    of: severities === '' ? of : `${of} · ${severities}`,
    acknowledged: saySpan(rule.acknowledgedMs),
    onScene: saySpan(rule.onSceneMs),
    resolved: saySpan(rule.resolvedMs),
  });
};
