import { privacyApi } from '../api';
import { useAnswer } from './queries';
import { useTerms } from './terms';

/** Names an actor of a ledger, "employee:0190…", by the name the business knows. */
export function useActor() {
  const { actor } = useTerms();
  const staff = useAnswer(['staff'], (signal) => privacyApi.staff(signal));
  return (code: string) => staff.data?.employees.find(({ id }) => code === `employee:${id}`)?.name ?? actor(code);
}
