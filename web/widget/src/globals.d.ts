// Filled in by build.mjs.
declare const __APP_FILE__: string;
declare const __WORDS__: Readonly<Record<"ru" | "en", string>>;
declare const __MORE__: string;
declare const __VERSION__: string;

declare module "*.css?inline" {
  const text: string;
  export default text;
}

interface TrustedScriptURL {
  readonly __brand: "TrustedScriptURL";
}

interface Window {
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(url: string): string },
    ): { createScriptURL(url: string): TrustedScriptURL };
  };
}
