import { Command, CommanderError } from 'commander';
import { auditCommand } from './audit.ts';
import { bollardCommand } from './bollard.ts';
import { commissionCommand } from './commission.ts';
import { demoCommand } from './demo/index.ts';
import { detectCommand } from './detect.ts';
import { devicesCommand } from './devices.ts';
import { directoryCommand } from './directory.ts';
import { doctorCommand } from './doctor.ts';
import { evaluateCommand } from './evaluate.ts';
import { modelsCommand } from './models.ts';
import { packPacketLengths } from './packet-lengths.ts';
import { paletteCommand } from './palette.ts';
import { personCommand } from './person.ts';
import { privacyCommand } from './privacy.ts';
import { renewKeyCommand } from './renew-key.ts';
import { retentionCommand } from './retention.ts';
import { serveCommand, startCommand } from './start.ts';
import { townCommand } from './town.ts';
import { visionCommand } from './vision.ts';

/** Exit codes: 0 done, 1 failed, 2 wrong usage. */
const program = new Command('vigie')
  .description("The town hall's lookout: parking by coloured bollards, evacuation by counted rooms")
  .version('0.1.0')
  .showHelpAfterError('(vigie COMMAND --help says more)');

/** These speak MQTT for as long as they run. */
const services = [startCommand(), demoCommand(), serveCommand(), visionCommand(), bollardCommand()];
for (const service of services) service.hook('preAction', packPacketLengths);

for (const command of [
  ...services,
  detectCommand(),
  evaluateCommand(),
  modelsCommand(),
  commissionCommand(),
  paletteCommand(),
  townCommand(),
  devicesCommand(),
  directoryCommand(),
  retentionCommand(),
  auditCommand(),
  personCommand(),
  privacyCommand(),
  renewKeyCommand(),
  doctorCommand(),
]) {
  program.addCommand(command);
}

throwInsteadOfExit(program);
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** Otherwise the library ends the process itself, with the code of a failure. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  command.commands.forEach(throwInsteadOfExit);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  console.error(`vigie: ${error instanceof Error ? error.message : String(error)}`);
  return 1;
}
