import { Command } from 'commander';
import { openModelShelf } from './model-shelf.ts';
import { untilSignal } from './signals.ts';
import { superviseWorker } from './worker-process.ts';

/** `vigie start`: everything in one command. */
export const startCommand = (): Command =>
  new Command('start')
    .description('Server, database, broker and a vision worker on this machine')
    .action(() => run({ withWorker: true }));

/** `vigie serve`: the server alone, for a town with several machines. */
export const serveCommand = (): Command =>
  new Command('serve')
    .description('The server without a vision worker')
    .action(() => run({ withWorker: false }));

async function run({ withWorker }: { withWorker: boolean }): Promise<void> {
  const stopped = untilSignal();
  const [{ createLog, readConfig, startApp }, { ensureBuilt }] = await Promise.all([
    import('@vigie/server'),
    import('@vigie/web/build'),
  ]);
  const config = readConfig(process.env);
  const log = createLog(config.VIGIE_LOG_LEVEL);
  const webRoot = await ensureBuilt((line) => log.info({}, line));
  const modelShelf = await openModelShelf(process.env);
  const app = await startApp({ config, log, webRoot, modelShelf });
  const worker = withWorker
    ? superviseWorker({ brokerUrl: app.mqttUrl, ...(await app.workerCredential('local')), log })
    : undefined;
  if (app.firstAdministrator) {
    const { username, password } = app.firstAdministrator;
    console.log(`First administrator, shown this once: ${username}  ${password}`);
  }
  console.log(`Vigie: ${app.url}`);
  await stopped;
  await worker?.stop();
  await app.stop();
}
