import { Explanation } from '../../core/schema/explanation.ts';
import { exampleExplanation } from './example-explanation.ts';
import { named } from './named.ts';

export const ExplanationView = named('Explanation', { ...Explanation, examples: [exampleExplanation] });
