// Pages: SvelteKit on Vite. The domain in server/ stays Node's own, in the build and in development.
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { build, defineConfig, type Plugin } from 'vite';
import { fileURLToPath } from 'node:url';

/**
 * Leaves imports of `#server/…` to Node in the build, so that the built pages and the listener
 * share one evaluated copy of the domain (decision 0003). `locales/` rides along with it.
 */
function domainStaysOutside(): Plugin {
  return {
    name: 'huis:domain-stays-outside',
    apply: 'build',
    enforce: 'pre',
    resolveId(id) {
      if (this.environment.name === 'client' || !id.startsWith('#server/')) return null;
      return { id, external: true };
    },
  };
}

/** Lucide's icons, drawn by our own component: theirs is a fifth of the time a page takes to draw. */
function iconsDrawnQuickly(): Plugin {
  const own = fileURLToPath(new URL('src/lib/ui/Icon.svelte', import.meta.url));
  return {
    name: 'huis:icons-drawn-quickly',
    enforce: 'pre',
    resolveId(id, importer) {
      return id === '../Icon.svelte' && importer?.includes('@lucide/svelte/dist/icons/')
        ? own
        : null;
    },
  };
}

/**
 * Kysely as one file beside the pages, for `server/main.ts`: reading its three hundred modules takes
 * every process a fifth of a second.
 */
function kyselyInOneFile(): Plugin {
  return {
    name: 'huis:kysely-in-one-file',
    apply: 'build',
    buildApp: {
      order: 'post',
      async handler() {
        await build({
          configFile: false,
          logLevel: 'warn',
          ssr: { noExternal: true },
          build: {
            ssr: fileURLToPath(import.meta.resolve('kysely')),
            outDir: 'build',
            emptyOutDir: false,
            rollupOptions: { output: { entryFileNames: 'kysely.js' } },
          },
        });
      },
    },
  };
}

export default defineConfig({
  plugins: [
    domainStaysOutside(),
    iconsDrawnQuickly(),
    sveltekit({
      adapter: adapter({ out: 'build', precompress: true }),
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          // SvelteKit's announcer for screen readers hides itself with this one style attribute.
          'style-src-attr': [
            'unsafe-hashes',
            'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=',
          ],
          'img-src': ['self', 'data:', 'blob:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
    kyselyInOneFile(),
  ],
});
