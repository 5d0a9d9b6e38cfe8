// The bare limit for pages: SvelteKit with one static page and nothing of ours.
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    sveltekit({ adapter: adapter({ out: process.env.PLAIN_OUT ?? 'build', precompress: false }) }),
  ],
});
