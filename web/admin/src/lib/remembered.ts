// Choices of the employee that the browser remembers: language, sound. Nothing about visitors.

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`chatika.${key}`);
  } catch {
    return null; // storage may be forbidden by the browser's settings; the panel works without
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`chatika.${key}`, value);
  } catch {
    // as above
  }
}
