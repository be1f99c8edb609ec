import { defineConfig } from 'drizzle-kit';

/** `npm run migration -w packages/server -- --name what-changed` writes the next migration. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/**/*.tables.ts',
  out: './migrations',
});
