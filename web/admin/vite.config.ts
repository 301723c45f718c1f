/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** What a first visit may load in script (targets.md T16), gzip. */
const firstLoadLimit = 220 * 1024;

/** Prints what the first page load costs, and fails the build when it costs too much. */
function firstLoad(): Plugin {
  return {
    name: 'first-load',
    generateBundle(_options, bundle) {
      const counted = new Set<string>();
      const count = (name: string): number => {
        const chunk = bundle[name];
        if (counted.has(name) || chunk?.type !== 'chunk') return 0;
        counted.add(name);
        return chunk.imports.reduce((sum, next) => sum + count(next), gzipSync(chunk.code, { level: 9 }).length);
      };
      const entries = Object.values(bundle).filter((file) => file.type === 'chunk' && file.isEntry);
      const bytes = entries.reduce((sum, entry) => sum + count(entry.fileName), 0);
      const text = `first load: ${(bytes / 1024).toFixed(1)} KB gzip of script, limit ${firstLoadLimit / 1024} KB`;
      if (bytes > firstLoadLimit) this.error(text);
      this.info(text);
    },
  };
}

export default defineConfig({
  base: '/panel/',
  plugins: [react(), firstLoad()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What every page needs, in one file that changes only with the libraries.
            {
              name: 'base',
              test: /node_modules[\\/](react|react-dom|scheduler|react-router|i18next|react-i18next|@tanstack)[\\/]/,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:8080', ws: true } } },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
});
