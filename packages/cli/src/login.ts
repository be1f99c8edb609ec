import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { type HttpClient, signIn, withToken } from './http-client.ts';

/** Where and as whom a command speaks to a running server. */
export interface Login {
  url: string;
  user: string;
}

/** Gives a command the options of `Login`. */
export const addLogin = (command: Command): Command =>
  command
    .option('--url <address>', 'address of the server', 'http://localhost:8080')
    .option(
      '--user <name>',
      'an administrator; the password is asked, or taken from VIGIE_PASSWORD; a token in VIGIE_TOKEN needs neither',
      'admin',
    );

/** @throws Error with the server's words when the password is refused. */
export async function signInAs({ url, user }: Login): Promise<HttpClient> {
  const { VIGIE_TOKEN: token, VIGIE_PASSWORD } = process.env;
  if (token) return withToken(url, token);
  const password = VIGIE_PASSWORD ?? (await ask(`Password of ${user}: `));
  return signIn(url, {
    username: user,
    password,
    askCode: () => ask('Code of the second factor: '),
  });
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}
