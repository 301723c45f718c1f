// Icons of the centre, beside those of the panel so that the first load does not carry them.

import { icon } from '../../../ui/icons';

const p = (d: string) => <path d={d} />;

export const IconDownload = icon(p('M12 4.5v10M7.5 10.5L12 15l4.5-4.5M5 19.5h14'));
export const IconLock = icon(<rect x="5" y="10.5" width="14" height="9.5" rx="2.5" />, p('M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5'));
export const IconHistory = icon(p('M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4.5v4h4M12 8v4.5l3 1.8'));
