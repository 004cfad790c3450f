import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The server answers every address below /app with index.html (with a fresh nonce in it) and serves
// /app/assets as static files. In development Vite does so, and hands the API to a running server.
export default defineConfig({
  base: '/app/',
  plugins: [react()],
  html: { cspNonce: '{{nonce}}' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': process.env.QUITTANCE ?? 'http://127.0.0.1:8080' } },
});
