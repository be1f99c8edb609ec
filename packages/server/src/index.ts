export { drawPassword } from './accounts/index.ts';
export { type App, type AppOptions, startApp } from './app.ts';
export { examineDirectory } from './directory/index.ts';
export { type Clock, createScaledClock } from './platform/clock.ts';
export { type Config, readConfig } from './platform/config.ts';
export { removeDataFolder } from './platform/embedded-postgres.driver.ts';
export { VigieError } from './platform/errors.ts';
export type { Http } from './platform/http.ts';
export { createLog, type Log } from './platform/log.ts';
