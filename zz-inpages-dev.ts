import { createServer } from 'vite';
const vite = await createServer({ cacheDir: '/tmp/inpages-vite', server: { middlewareMode: true, hmr: { port: 24999 } , watch: null}, appType: 'custom' });
const { runner } = vite.environments.ssr as any;
const entry = await runner.import('/server/dev-entry.ts');
await entry.start(vite.middlewares);
