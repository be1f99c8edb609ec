import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { AuditRow, AuditVerification } from '@vigie/contracts/audit';
import { createChainCheck } from '@vigie/contracts/audit-chain';
import { Command } from 'commander';
import { addLogin, type Login, signInAs } from './login.ts';

interface VerifyOptions extends Login {
  head?: string;
  file?: string;
}

/** `vigie audit verify`: exit code 1 when a row of the log was altered, removed, inserted or moved. */
export const auditCommand = (): Command =>
  new Command('audit')
    .description('The log of who did what')
    .addCommand(
      addLogin(
        new Command('verify')
          .description('Finds every row that was altered, removed, inserted or moved')
          .option('--head <hash>', 'a head that was written down earlier and must be in the log')
          .option('--file <file>', 'checks an export (journal.jsonl) on this machine, no server'),
      ).action(verify),
    );

type Result = Omit<AuditVerification, 'at'>;

async function verify({ file, head, ...login }: VerifyOptions): Promise<void> {
  if (head !== undefined && !/^[0-9a-f]{64}$/.test(head))
    throw new Error('--head wants the 64 hex digits that an earlier check printed.');
  const result = file === undefined ? await asked(login, head) : await read(file, head);
  for (const { text } of result.faults) console.log(text);
  const { rows, first } = result;
  console.log(rows === 0 ? 'The log is empty.' : `${rows} rows, ${first} to ${result.head.seq}.`);
  console.log(`Head: ${result.head.hash}`);
  if (result.faults.length > 0) throw new Error('The log is not as it was written.');
  console.log('Whole. Keep the head elsewhere: against it a tail that was cut off shows.');
}

async function asked(login: Login, head: string | undefined): Promise<Result> {
  const client = await signInAs(login);
  return client.post('/api/v1/audit/verification', head ? { head } : {}, AuditVerification);
}

/** @throws Error naming the line that is no row. */
async function read(file: string, head: string | undefined): Promise<Result> {
  const check = createChainCheck((text) => createHash('sha256').update(text).digest('hex'));
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file) })) {
    line += 1;
    check.take(rowIn(text, `${file}, line ${line}`));
  }
  return check.end(head);
}

function rowIn(text: string, place: string): AuditRow {
  try {
    return AuditRow.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${place}: no row of an exported log (journal.jsonl).`, { cause });
  }
}
