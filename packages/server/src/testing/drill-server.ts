import { Town } from '@vigie/contracts/town';
import { startApp } from '../app.ts';
import { readConfig } from '../platform/config.ts';
import { silentLog } from './log.ts';

/** What the server of the fault drill tells its parent when it is up. */
export interface DrillServer {
  url: string;
  mqttUrl: string;
  workerKey: string;
}

/** A whole server that can be killed: its folder outlives it. The first start makes the account of `login`. */
const { folder, port, mqttPort, town, login } = JSON.parse(process.argv[2] ?? '{}');
const config = readConfig({
  VIGIE_DATA: folder,
  VIGIE_HOST: '127.0.0.1',
  VIGIE_PORT: String(port),
  VIGIE_MQTT_PORT: String(mqttPort),
});
const app = await startApp({ config, log: silentLog, webRoot: folder });
await app.importTown(Town.parse(town));
if (app.firstAdministrator) await app.createUser(login);
// The same at every start: a worker that lived on comes back by itself.
const workerKey = await app.giveCredential('worker', 'w', 'a-key-that-the-worker-keeps');
process.send?.({ url: app.url, mqttUrl: app.mqttUrl, workerKey } satisfies DrillServer);
process.once('SIGTERM', async () => {
  await app.stop();
  process.exit();
});
