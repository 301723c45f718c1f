// What an employee may see. The server decides; this only spares them doors that would not open.

import type { Session } from '@chatika/client';

/** The privacy centre is for the appointed officer, and for the owner who appoints one. */
export function mayKeepPrivacy({ employee }: Session): boolean {
  return employee.role === 'owner' || ('officer' in employee && employee.officer === true);
}
