import { WhatIfReport } from '../../core/schema/what-if.ts';
import { named } from './named.ts';

export const WhatIfView = named('WhatIfReport', WhatIfReport);
