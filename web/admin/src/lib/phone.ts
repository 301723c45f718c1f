/**
 * A Russian number in the usual grouping, «+7 900 123-45-67»; any other as it is. Only for the
 * eye: links and the wire carry E.164.
 */
export function phoneText(e164: string): string {
  const parts = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(e164);
  return parts ? `+7 ${parts[1]} ${parts[2]}-${parts[3]}-${parts[4]}` : e164;
}
