import type { ConsentText } from "@chatika/client";

/**
 * Hex SHA-256 of the text as it stands before the visitor's eyes: title, paragraphs, words of the check mark
 * and, where asked for, of the health consent, joined with line feeds. `null` where the browser cannot
 * (a page served over plain HTTP has no SubtleCrypto).
 */
export async function consentHash(shown: ConsentText): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null;
  const parts = [shown.title, ...shown.paragraphs, shown.agree];
  if (shown.health !== null) parts.push(shown.health);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(parts.join("\n")));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
